package dev.docent.gemini;

import dev.docent.waiting.Interrupts;
import dev.langchain4j.http.client.HttpClient;
import dev.langchain4j.http.client.HttpClientBuilder;
import dev.langchain4j.http.client.HttpRequest;
import dev.langchain4j.http.client.SuccessfulHttpResponse;
import dev.langchain4j.http.client.sse.ServerSentEventListener;
import dev.langchain4j.http.client.sse.ServerSentEventParser;
import java.io.IOException;
import java.net.ProtocolException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The HTTP client that langchain4j gets for one call. It works on the calling thread and delivers
 * events there, too, so that a stream takes one virtual thread and an interrupt cancels it.
 *
 * <p>langchain4j 1.23.0 treats an end without a finish reason, an error within the stream, a
 * blocked prompt and unreadable events as success; its parser swallows exceptions, drops text
 * outside of events and takes a part of an answer for the whole. So of a stream it writes the
 * request, and {@link #stream} does the rest once langchain4j has returned, when nothing holds the
 * request any more: each of many readers would keep 50 KB of it for as long as his answer lasts.
 */
final class GeminiCall implements HttpClient {
    private static final int MOST_IN_BODY = 32 * 1024 * 1024;
    private static final int MOST_IN_EVENT = 4 * 1024 * 1024;
    private static final int MOST_IN_STREAM = 8 * 1024 * 1024;
    private static final Duration AFTER_THE_FINISH = Duration.ofSeconds(2);
    private static final int MOST_IN_ERROR = 64 * 1024;

    private final GeminiSettings settings;
    private final GeminiFailures failures;
    private final Deadline first;
    private final Duration silence;
    private final Deadline whole;
    private @Nullable HttpRequest written;
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

    /** Keeps the request of a stream for {@link #stream}. */
    @Override
    public void execute(
            HttpRequest request, ServerSentEventParser parser, ServerSentEventListener listener) {
        written = request;
    }

    /** Sends the request that langchain4j has written, and reads the answer. */
    void stream(AnswerStream into) {
        into.restart();
        try (HttpExchange exchange = start(taken())) {
            read(exchange, into);
        } catch (IOException e) {
            throw broken(e);
        }
    }

    private HttpRequest taken() {
        HttpRequest request = Objects.requireNonNull(written);
        written = null;
        return request;
    }

    private void read(HttpExchange exchange, AnswerStream into) throws IOException {
        if (exchange.header("content-type").startsWith("text/html")) {
            throw new GeminiFailed(failures.noStream());
        }
        EventLines lines = new EventLines(exchange.body(), MOST_IN_EVENT, into::flush);
        long taken = 0;
        try {
            for (byte[] data = lines.next(); data != null; data = lines.next()) {
                taken += data.length;
                if (taken > MOST_IN_STREAM) {
                    throw new EventLines.TooLongException();
                }
                into.event(data);
                // Thoughts are no answer yet: until a reader has something, the first limit holds.
                begun = into.begun();
                if (into.finished()) {
                    exchange.limit(whole, AFTER_THE_FINISH);
                } else if (begun) {
                    exchange.limit(whole, silence);
                }
            }
        } catch (IOException e) {
            // The answer is complete; only the connection did not end properly.
            if (!into.finished() || Thread.currentThread().isInterrupted()) {
                throw e;
            }
        }
        into.close(lines.stray());
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
