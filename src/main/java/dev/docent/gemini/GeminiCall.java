package dev.docent.gemini;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.docent.waiting.Interrupts;
import dev.langchain4j.http.client.HttpClient;
import dev.langchain4j.http.client.HttpClientBuilder;
import dev.langchain4j.http.client.HttpRequest;
import dev.langchain4j.http.client.SuccessfulHttpResponse;
import dev.langchain4j.http.client.sse.ServerSentEvent;
import dev.langchain4j.http.client.sse.ServerSentEventContext;
import dev.langchain4j.http.client.sse.ServerSentEventListener;
import dev.langchain4j.http.client.sse.ServerSentEventParser;
import dev.langchain4j.http.client.sse.ServerSentEventParsingHandle;
import java.io.IOException;
import java.net.ProtocolException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The HTTP client that langchain4j gets for one call. It works on the calling thread and delivers
 * events there, too, so that a stream takes one virtual thread and an interrupt cancels it.
 *
 * <p>langchain4j 1.19.0 treats an end without a finish reason, an error within the stream, a
 * blocked prompt and unreadable events as success. Here they are detected before langchain4j sees
 * them, and thrown as {@link GeminiFailed}.
 */
final class GeminiCall implements HttpClient {
    private static final int MOST_IN_BODY = 32 * 1024 * 1024;
    private static final int MOST_IN_EVENT = 4 * 1024 * 1024;
    private static final int MOST_IN_STREAM = 8 * 1024 * 1024;
    private static final Duration AFTER_THE_FINISH = Duration.ofSeconds(2);
    private static final String TEXT = "\"text\":";
    private static final int MOST_IN_ERROR = 64 * 1024;

    private final GeminiSettings settings;
    private final GeminiFailures failures;
    private final Deadline first;
    private final Duration silence;
    private final Deadline whole;
    private @Nullable TokenHandler pieces;
    private @Nullable String finish;
    private boolean begun;
    private boolean spent;

    /**
     * @param first by when the answer must have begun
     * @param silence the longest wait for a piece of it
     * @param whole by when it must be complete
     */
    GeminiCall(
            GeminiSettings settings,
            GeminiFailures failures,
            Deadline first,
            Duration silence,
            Deadline whole) {
        this.settings = settings;
        this.failures = failures;
        this.first = first.orSooner(whole.remaining());
        this.silence = silence;
        this.whole = whole;
    }

    /** Passes events that hold only text directly to {@code target}, past langchain4j. */
    GeminiCall into(TokenHandler target) {
        pieces = target;
        return this;
    }

    /** Why Gemini ended the answer; null until it has. */
    @Nullable String finish() {
        return finish;
    }

    @Override
    public SuccessfulHttpResponse execute(HttpRequest request) {
        try (HttpExchange exchange = start(request)) {
            begun = true;
            exchange.limit(whole, silence);
            String body = new String(exchange.readAll(MOST_IN_BODY), StandardCharsets.UTF_8);
            if (!body.stripLeading().startsWith("{")) {
                // langchain4j would repeat the call, as after all answers that it cannot read.
                throw new GeminiFailed(failures.unreadable());
            }
            return SuccessfulHttpResponse.builder()
                    .statusCode(exchange.status())
                    .body(body)
                    .build();
        } catch (IOException e) {
            throw broken(e);
        }
    }

    /**
     * Ignores {@code parser}, because langchain4j's swallows exceptions and drops text outside of
     * events.
     */
    @Override
    public void execute(
            HttpRequest request, ServerSentEventParser parser, ServerSentEventListener listener) {
        try (HttpExchange exchange = start(request)) {
            Cancel cancel = new Cancel();
            read(exchange, listener, cancel);
            if (!cancel.isCancelled()) {
                listener.onClose();
            }
        } catch (IOException e) {
            throw broken(e);
        }
    }

    private void read(HttpExchange exchange, ServerSentEventListener listener, Cancel cancel)
            throws IOException {
        ServerSentEventContext context = new ServerSentEventContext(cancel);
        EventLines lines = new EventLines(exchange.body(), MOST_IN_EVENT, this::flush);
        long taken = 0;
        try {
            for (byte[] data = lines.next(); data != null; data = lines.next()) {
                taken += data.length;
                if (taken > MOST_IN_STREAM) {
                    throw new EventLines.TooLongException();
                }
                String text = TextEvent.of(data);
                if (text == null || pieces == null) {
                    take(new String(data, StandardCharsets.UTF_8), listener, context);
                } else if (!pieces.pass(text)) {
                    cancel.cancel();
                }
                if (cancel.isCancelled()) {
                    return;
                }
                if (finish != null) {
                    exchange.limit(whole, AFTER_THE_FINISH);
                } else if (!begun) {
                    exchange.limit(whole, silence);
                }
                begun = true;
            }
        } catch (IOException e) {
            // The answer is complete; only the connection did not end properly.
            if (finish == null || Thread.currentThread().isInterrupted()) {
                throw e;
            }
        }
        if (finish == null) {
            throw new GeminiFailed(failures.brokenOff(lines.stray()));
        }
    }

    private void flush() {
        if (pieces != null) {
            pieces.flush();
        }
    }

    private void take(
            String data, ServerSentEventListener listener, ServerSentEventContext context) {
        // Within a JSON string these quotes have a backslash before them, so only members match.
        boolean last = data.contains("\"finishReason\":");
        if (last || !data.contains("\"candidates\":")) {
            JsonNode event = failures.read(data);
            failures.ofEvent(event)
                    .ifPresent(failure -> {
                        throw new GeminiFailed(failure);
                    });
            if (last) {
                finish = event.path("candidates").path(0).path("finishReason").asText();
            }
        }
        try {
            for (String piece : oneTextEach(data)) {
                listener.onEvent(new ServerSentEvent(null, piece), context);
            }
        } catch (RuntimeException e) {
            // This is langchain4j's own exception, for an event that it cannot read: exceptions of
            // the handler are passed to the handler.
            throw new GeminiFailed(failures.unreadable(), e);
        }
    }

    /**
     * Splits an event with several pieces of text into one event each, because langchain4j would
     * put an empty line between them.
     */
    private List<String> oneTextEach(String data) {
        int text = data.indexOf(TEXT);
        if (text < 0 || data.indexOf(TEXT, text + 1) < 0) {
            return List.of(data);
        }
        JsonNode event = failures.read(data);
        JsonNode content = event.path("candidates").path(0).path("content");
        JsonNode parts = content.path("parts");
        if (!(content instanceof ObjectNode one) || !parts.isArray()) {
            return List.of(data);
        }
        List<String> events = new ArrayList<>();
        for (JsonNode part : parts) {
            one.putArray("parts").add(part);
            events.add(event.toString());
        }
        return events;
    }

    private HttpExchange start(HttpRequest request) throws IOException {
        if (spent) {
            throw new GeminiFailed(failures.unreadable());
        }
        spent = true;
        if (!settings.requiredKey().sendable()) {
            throw new GeminiFailed(failures.unusableKey());
        }
        HttpExchange exchange = HttpExchange.start(request, settings.timeouts().connect(), first);
        int status = exchange.status();
        if (status / 100 == 2) {
            return exchange;
        }
        try (exchange) {
            exchange.limit(whole, silence);
            String body = new String(exchange.readAll(MOST_IN_ERROR), StandardCharsets.UTF_8);
            throw new GeminiFailed(failures.ofStatus(status, exchange.header("retry-after"), body));
        } catch (ProtocolException e) {
            throw new GeminiFailed(failures.ofStatus(status, "", ""), e);
        }
    }

    private RuntimeException broken(IOException e) {
        if (Thread.currentThread().isInterrupted()) {
            return Interrupts.cancelled("the call was interrupted", e);
        }
        return new GeminiFailed(failures.of(e, begun, whole), e);
    }

    /** A builder that returns this client, because langchain4j takes only builders. */
    HttpClientBuilder builder() {
        return new Given(this);
    }

    private static final class Cancel implements ServerSentEventParsingHandle {
        private boolean cancelled;

        @Override
        public void cancel() {
            cancelled = true;
        }

        @Override
        public boolean isCancelled() {
            return cancelled;
        }
    }

    /** Ignores langchain4j's timeouts, because the call has its own. */
    private record Given(HttpClient client) implements HttpClientBuilder {
        @Override
        public Duration connectTimeout() {
            return Duration.ZERO;
        }

        @Override
        public HttpClientBuilder connectTimeout(Duration timeout) {
            return this;
        }

        @Override
        public Duration readTimeout() {
            return Duration.ZERO;
        }

        @Override
        public HttpClientBuilder readTimeout(Duration timeout) {
            return this;
        }

        @Override
        public HttpClient build() {
            return client;
        }
    }
}
