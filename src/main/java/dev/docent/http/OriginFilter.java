package dev.docent.http;

import io.helidon.http.HeaderNames;
import io.helidon.http.Method;
import io.helidon.http.Status;
import io.helidon.webserver.http.Filter;
import io.helidon.webserver.http.FilterChain;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Rejects requests under {@code /api} from origins that are not allowed, before any work is done.
 * CORS headers would not suffice, because Hugging Face's edge answers preflights itself and allows
 * any origin.
 */
final class OriginFilter implements Filter {
    private final Predicate<String> allowed;

    OriginFilter(Predicate<String> allowed) {
        this.allowed = allowed;
    }

    @Override
    public void filter(FilterChain chain, RoutingRequest request, RoutingResponse response) {
        response.header(HeaderNames.VARY, "Origin");
        Optional<String> origin = request.headers().first(HeaderNames.ORIGIN);
        boolean preflight = request.prologue().method().equals(Method.OPTIONS);
        if (origin.isEmpty()) {
            proceed(chain, response, preflight);
            return;
        }
        boolean welcome = allowed.test(origin.get()) || own(origin.get(), request);
        if (welcome) {
            response.header(HeaderNames.ACCESS_CONTROL_ALLOW_ORIGIN, origin.get());
            response.header(HeaderNames.ACCESS_CONTROL_EXPOSE_HEADERS, "X-Request-Id, Retry-After");
        } else if (request.path().rawPath().startsWith("/api")) {
            throw HttpProblem.of(
                    Status.FORBIDDEN_403,
                    "This site is not allowed to use this service; its owner can add it to ALLOWED_ORIGINS.");
        }
        if (welcome && preflight) {
            response.header(HeaderNames.ACCESS_CONTROL_ALLOW_METHODS, "GET, POST, DELETE, OPTIONS");
            response.header(
                    HeaderNames.ACCESS_CONTROL_ALLOW_HEADERS,
                    "Content-Type, Last-Event-ID, X-Request-Id");
            response.header(HeaderNames.ACCESS_CONTROL_MAX_AGE, "600");
        }
        proceed(chain, response, preflight);
    }

    private static void proceed(FilterChain chain, RoutingResponse response, boolean preflight) {
        if (preflight) {
            response.status(Status.NO_CONTENT_204).send();
        } else {
            chain.proceed();
        }
    }

    /**
     * Whether the request comes from a page of this service: the origin has the host and port that
     * were called.
     */
    private static boolean own(String origin, RoutingRequest request) {
        Optional<String> host = request.headers().first(HeaderNames.HOST);
        try {
            String authority = new URI(origin).getRawAuthority();
            return host.isPresent()
                    && authority != null
                    && authority
                            .toLowerCase(Locale.ROOT)
                            .equals(host.get().toLowerCase(Locale.ROOT));
        } catch (URISyntaxException e) {
            return false; // "null", or something else that no page of this service sends
        }
    }
}
