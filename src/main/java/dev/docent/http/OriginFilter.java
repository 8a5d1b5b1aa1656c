package dev.docent.http;

import io.helidon.http.HeaderName;
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
import java.util.regex.Pattern;

/**
 * Rejects requests under {@code /api} from origins that are not allowed, before any work is done.
 * CORS headers would not suffice, because Hugging Face's edge answers preflights itself and allows
 * any origin.
 */
final class OriginFilter implements Filter {
    private static final HeaderName FETCH_SITE = HeaderNames.create("Sec-Fetch-Site");

    /** This machine, or an address of IPv4 or IPv6. */
    private static final Pattern OWN_HOST =
            Pattern.compile("(?i)(?:[a-z0-9-]+\\.)?localhost|[0-9.]+|\\[[0-9a-f:.]+]");

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
            if (costly(request)
                    && request.headers()
                            .first(FETCH_SITE)
                            .filter("cross-site"::equals)
                            .isPresent()) {
                throw notAllowed();
            }
            proceed(chain, response, preflight);
            return;
        }
        boolean welcome = own(origin.get(), request) || allowed.test(origin.get());
        if (welcome) {
            response.header(HeaderNames.ACCESS_CONTROL_ALLOW_ORIGIN, origin.get());
            response.header(HeaderNames.ACCESS_CONTROL_EXPOSE_HEADERS, "X-Request-Id, Retry-After");
        } else if (path(request).startsWith("/api")) {
            throw notAllowed();
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

    /** The path by which the request is routed, however it was written. */
    private static String path(RoutingRequest request) {
        return request.path().path();
    }

    /** Whether an answer takes more than what is in memory. */
    private static boolean costly(RoutingRequest request) {
        String path = path(request);
        return path.startsWith("/api") && !path.startsWith("/api/health");
    }

    private static HttpProblem notAllowed() {
        return HttpProblem.of(
                Status.FORBIDDEN_403,
                "This site is not allowed to use this service; its owner can add it to ALLOWED_ORIGINS.");
    }

    /**
     * Whether the request comes from a page of this service: the origin has the host and port that
     * were called, by plain HTTP, and that host is this machine or an address. A name is not
     * trusted, because anybody can let one of theirs point here (DNS rebinding); the Space's own is
     * among the allowed origins.
     */
    private static boolean own(String origin, RoutingRequest request) {
        Optional<String> host = request.headers().first(HeaderNames.HOST);
        try {
            URI page = new URI(origin);
            String authority = page.getRawAuthority();
            return host.isPresent()
                    && authority != null
                    && "http".equals(page.getScheme())
                    && page.getRawPath().isEmpty()
                    && page.getHost() != null
                    && OWN_HOST.matcher(page.getHost()).matches()
                    && authority
                            .toLowerCase(Locale.ROOT)
                            .equals(host.get().toLowerCase(Locale.ROOT));
        } catch (URISyntaxException e) {
            return false; // "null", or something else that no page of this service sends
        }
    }
}
