package dev.docent.http;

import io.helidon.http.HeaderNames;
import io.helidon.http.Method;
import io.helidon.http.Status;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.HttpRouting;

/** Routes for a single method. */
final class Routes {
    private Routes() {}

    /** A route for one method, and HEAD if that is GET; others are rejected. */
    static void only(HttpRouting.Builder routing, String path, Method method, Handler handler) {
        routing.route(method, path, handler);
        if (method.equals(Method.GET)) {
            routing.route(Method.HEAD, path, handler);
        }
        routing.any(
                path,
                (request, response) -> {
                    response.header(HeaderNames.ALLOW, method.text());
                    throw HttpProblem.of(
                            Status.METHOD_NOT_ALLOWED_405,
                            "This address takes " + method.text() + " only; see /docs.");
                });
    }
}
