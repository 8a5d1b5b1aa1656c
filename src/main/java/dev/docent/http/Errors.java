package dev.docent.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.docent.budget.OverBudgetException;
import dev.docent.chat.UnknownConversationException;
import dev.docent.failure.DependencyException;
import dev.docent.failure.Diagnosis;
import dev.docent.failure.Failure;
import dev.docent.json.Json;
import io.helidon.http.DirectHandler;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.HttpException;
import io.helidon.http.Status;
import io.helidon.webserver.http.DirectHandlers;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * The one place where an exception becomes an answer: {@code application/problem+json} by RFC 9457,
 * whose {@code detail} is a sentence that a reader can act on.
 */
final class Errors {
    static final HeaderName REQUEST_ID = HeaderNames.create("X-Request-Id");

    private static final Logger LOG = LoggerFactory.getLogger("http");
    private static final String MEDIA_TYPE = "application/problem+json";

    /** Whether the log has told that somebody speaks HTTP/1.0. */
    private static final AtomicBoolean OLD_HTTP = new AtomicBoolean();

    private static final Duration A_WHILE = Duration.ofSeconds(10);

    private Errors() {}

    static void register(HttpRouting.Builder routing) {
        routing.error(Throwable.class, Errors::answer);
    }

    /**
     * Answers requests that Helidon rejects before routing, for example with a malformed request
     * line.
     */
    static DirectHandlers beforeRouting() {
        DirectHandlers.Builder handlers = DirectHandlers.builder();
        for (DirectHandler.EventType type : DirectHandler.EventType.values()) {
            handlers.addHandler(
                    type,
                    (request, event, status, headers, message) -> {
                        // Outside of the routes only a client's bytes are at work: Helidon 4.5
                        // stumbles over methods that are no token, and heads that break off.
                        HttpProblem problem =
                                ofStatus(
                                        type == DirectHandler.EventType.INTERNAL_ERROR
                                                ? Status.BAD_REQUEST_400
                                                : status);
                        return DirectHandler.TransportResponse.builder()
                                .status(problem.status())
                                .headers(headers)
                                .header(HeaderNames.CONTENT_TYPE, MEDIA_TYPE)
                                .header(REQUEST_ID, newId())
                                .header(HeaderNames.VARY, "Origin")
                                .header(HeaderNames.X_CONTENT_TYPE_OPTIONS, "nosniff")
                                .entity(Json.bytes(body(problem)))
                                .build();
                    });
        }
        return handlers.build();
    }

    static void answer(ServerRequest request, ServerResponse response, Throwable thrown) {
        HttpProblem problem = problem(thrown);
        if (problem.status().code() == Status.INTERNAL_SERVER_ERROR_500.code()) {
            LOG.error("{} {} broke", request.prologue().method(), path(request), thrown);
        }
        response.status(problem.status());
        Duration retryAfter = problem.retryAfter();
        if (retryAfter != null) {
            response.header(HeaderNames.RETRY_AFTER, Long.toString(Wire.seconds(retryAfter)));
        }
        if (unread(request, problem)) {
            response.header(HeaderNames.CONNECTION, "close");
        }
        JsonBody.send(response, MEDIA_TYPE, body(problem));
    }

    /** Whether a part of the body may be left, which would be read as the next request. */
    private static boolean unread(ServerRequest request, HttpProblem problem) {
        int status = problem.status().code();
        boolean early =
                status == Status.BAD_REQUEST_400.code()
                        || status == Status.EXPECTATION_FAILED_417.code();
        return status == Status.REQUEST_ENTITY_TOO_LARGE_413.code()
                || (early && request.content().hasEntity());
    }

    static HttpProblem problem(Throwable thrown) {
        return switch (thrown) {
            case HttpProblem problem -> problem;
            case OverBudgetException over -> HttpProblem.tooMany(over.reader(), over.retryAfter());
            case UnknownConversationException unknown ->
                    HttpProblem.of(
                            Status.NOT_FOUND_404,
                            "This conversation is not stored here; start a new one.");
            case DependencyException failed -> {
                Failure failure = failed.failure();
                LOG.atLevel(failed.known() ? Level.DEBUG : Level.WARN).log("{}", failure.fully());
                yield HttpProblem.unavailable(
                        failure.reader(), failure.retryAfter().orElse(A_WHILE));
            }
            case HttpException http -> ofStatus(http.status());
            default ->
                    HttpProblem.of(
                            Status.INTERNAL_SERVER_ERROR_500,
                            "Something went wrong here; please try again.");
        };
    }

    private static HttpProblem ofStatus(Status status) {
        String detail =
                switch (status.code()) {
                    case 400 -> "This is not a valid HTTP request.";
                    case 404 -> "There is nothing at this address; the API is described at /docs.";
                    case 405 -> "This address does not take this method; see /docs.";
                    case 413 -> "The request is too large.";
                    case 414 -> "The address is too long; shorten the question.";
                    case 505 -> {
                        if (!OLD_HTTP.getAndSet(true)) {
                            LOG.warn(
                                    "a request came with HTTP/1.0, which is not spoken here; if it"
                                            + " was a proxy of yours, let it speak HTTP/1.1"
                                            + " (nginx: proxy_http_version 1.1) ({})",
                                    Diagnosis.OLD_HTTP.code());
                        }
                        yield "This service speaks HTTP/1.1; in nginx: proxy_http_version 1.1";
                    }
                    case 503 -> "The service is busy; please try again in a moment.";
                    default ->
                            status.code() < 500
                                    ? "The request cannot be served."
                                    : "Something went wrong here; please try again.";
                };
        return HttpProblem.of(status, detail);
    }

    private static Body body(HttpProblem problem) {
        return new Body(
                "about:blank",
                problem.status().reasonPhrase(),
                problem.status().code(),
                problem.detail(),
                problem.errors());
    }

    private record Body(
            String type,
            String title,
            int status,
            String detail,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) List<HttpProblem.FieldError> errors) {}

    /** An id for a request that brings none. */
    static String newId() {
        return UUID.randomUUID().toString();
    }

    /** The path without the query, which may hold a reader's question. */
    static String path(ServerRequest request) {
        String path = request.prologue().uriPath().rawPath();
        return path.length() <= 200 ? path : path.substring(0, 200) + "…";
    }
}
