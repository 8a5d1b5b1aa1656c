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
        allow(routing, path, method, handler);
        reject(routing, path, method.text());
    }

    /** A route for a stream, of which there is no head alone. */
    static void stream(HttpRouting.Builder routing, String path, Handler handler) {
        routing.route(Method.GET, path, handler);
        reject(routing, path, Method.GET.text());
    }

    /** A route for reading what is at a path and for deleting it; other methods are rejected. */
    static void getAndDelete(
            HttpRouting.Builder routing, String path, Handler get, Handler delete) {
        allow(routing, path, Method.GET, get);
        allow(routing, path, Method.DELETE, delete);
        reject(routing, path, "GET, DELETE");
    }

    private static void allow(
            HttpRouting.Builder routing, String path, Method method, Handler handler) {
        routing.route(method, path, handler);
        if (method.equals(Method.GET)) {
            routing.route(Method.HEAD, path, handler);
        }
    }

    private static void reject(HttpRouting.Builder routing, String path, String methods) {
        routing.any(
                path,
                (request, response) -> {
                    response.header(HeaderNames.ALLOW, methods);
                    throw HttpProblem.of(
                            Status.METHOD_NOT_ALLOWED_405,
                            "This address takes " + methods + " only; see /docs.");
                });
    }
}
