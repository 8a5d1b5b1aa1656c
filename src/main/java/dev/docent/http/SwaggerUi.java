package dev.docent.http;

import io.helidon.http.HeaderNames;
import io.helidon.http.Method;
import io.helidon.http.Status;
import io.helidon.webserver.http.HttpRouting;
import java.util.Set;

/** {@code /docs}: Swagger UI, from its WebJar, for {@code /openapi.yaml}. */
final class SwaggerUi {
    /** What our page takes of the WebJar, which has pages of its own. */
    private static final Set<String> PARTS = Set.of("swagger-ui.css", "swagger-ui-bundle.js");

    private SwaggerUi() {}

    static void route(HttpRouting.Builder routing, String frameAncestors) {
        // Swagger UI sets style attributes by itself and draws with data: images.
        String policy =
                "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline';"
                        + " img-src 'self' data:; connect-src 'self'; base-uri 'none'; "
                        + frameAncestors;
        StaticFiles ours = new StaticFiles("/dev/docent/http/docs/", policy);
        StaticFiles swagger = new StaticFiles(WebJars.folder("org.webjars", "swagger-ui"), policy);
        Routes.only(
                routing,
                "/docs",
                Method.GET,
                (request, response) -> ours.send("docs.html", request, response));
        PARTS.forEach(part ->
                Routes.only(
                        routing,
                        "/docs/ui/" + part,
                        Method.GET,
                        (request, response) -> swagger.send(part, request, response)));
        Routes.only(routing, "/docs/{file}", Method.GET, ours::file);
        Routes.only(
                routing,
                "/openapi.yaml",
                Method.GET,
                (request, response) -> ours.send("openapi.yaml", request, response));
        Routes.only(
                routing,
                "/docs/",
                Method.GET,
                (request, response) -> {
                    response.status(Status.FOUND_302);
                    response.header(HeaderNames.LOCATION, "/docs").send();
                });
    }
}
