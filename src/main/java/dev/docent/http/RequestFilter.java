package dev.docent.http;

import dev.docent.chat.ChatService.Tokens;
import dev.docent.logging.Logs;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.ServerRequestHeaders;
import io.helidon.http.Status;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.Filter;
import io.helidon.webserver.http.FilterChain;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.slf4j.event.Level;

/**
 * What every request has in common: an id in the log and the answer, headers of the answer, and one
 * log line at the end.
 */
final class RequestFilter implements Filter {
    private static final Logger LOG = LoggerFactory.getLogger("http");
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9._-]{1,64}");

    @Override
    public void filter(FilterChain chain, RoutingRequest request, RoutingResponse response) {
        String id =
                request.headers()
                        .first(Errors.REQUEST_ID)
                        .filter(given -> ID.matcher(given).matches())
                        .orElseGet(Errors::newId);
        long began = System.nanoTime();
        MDC.put(Logs.REQUEST, id);
        try {
            response.header(Errors.REQUEST_ID, id);
            response.header(HeaderNames.X_CONTENT_TYPE_OPTIONS, "nosniff");
            if (request.path().path().startsWith("/observe")) {
                // Helidon 4.5 writes four lines of it.
                response.beforeSend(() -> response.header(HeaderNames.CACHE_CONTROL, "no-store"));
            }
            answer(chain, request, response);
        } finally {
            log(request, response, (System.nanoTime() - began) / 1_000_000);
            MDC.remove(Logs.REQUEST);
        }
        if (request.headers().containsToken(HeaderValues.CONNECTION_CLOSE)
                || response.headers().containsToken(HeaderValues.CONNECTION_CLOSE)) {
            // Helidon announces the close in its answer but leaves it to the client, which may wait
            // for the server.
            throw new CloseConnectionException("one side announced it");
        }
    }

    /** Handles the exceptions of later filters, which do not reach the routes' error handlers. */
    private static void answer(
            FilterChain chain, RoutingRequest request, RoutingResponse response) {
        try {
            requireKnown(request.headers());
            chain.proceed();
        } catch (HttpProblem problem) {
            Errors.answer(request, response, problem);
        }
    }

    /** RFC 9110, 10.1.1: there is only one expectation. */
    private static void requireKnown(ServerRequestHeaders headers) {
        headers.first(HeaderNames.EXPECT)
                .ifPresent(expected -> {
                    if (!expected.equalsIgnoreCase("100-continue")) {
                        throw HttpProblem.of(
                                Status.EXPECTATION_FAILED_417,
                                "The header Expect may say 100-continue, and nothing else.");
                    }
                });
    }

    private static void log(RoutingRequest request, RoutingResponse response, long millis) {
        String method = request.prologue().method().text();
        String path = Errors.path(request);
        int status = response.status().code();
        boolean monitor = path.startsWith("/api/health") || path.startsWith("/observe");
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("method", method);
        fields.put("path", path);
        fields.put("status", status);
        fields.put("ms", millis);
        StringBuilder tokens = new StringBuilder();
        request.context()
                .get(Tokens.class)
                .filter(counted -> counted.read() + counted.written() > 0)
                .ifPresent(counted -> {
                    fields.put("tokens_read", counted.read());
                    fields.put("tokens_written", counted.written());
                    tokens.append(", ").append(counted.read()).append(" tokens read, ");
                    tokens.append(counted.written()).append(" written");
                });
        Logs.with(
                fields,
                () ->
                        LOG.atLevel(monitor ? Level.DEBUG : Level.INFO)
                                .log("{} {} {} in {} ms{}", method, path, status, millis, tokens));
    }
}
