package dev.docent.gemini;

import dev.langchain4j.http.client.HttpRequest;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ProtocolException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * One request and its answer.
 *
 * @param response the head, and the body as it comes
 */
record Exchange(HttpResponse<Body> response) implements AutoCloseable {

    /**
     * Sends a request and waits for the head of its answer. An interrupt ends the wait and the
     * exchange.
     *
     * @param first when the head must be there
     */
    static Exchange start(HttpClient http, HttpRequest request, Deadline first) throws IOException {
        CompletableFuture<HttpResponse<Body>> answer =
                http.sendAsync(translated(request), _ -> new Body(first));
        try {
            return new Exchange(answer.get(first.nanos(), TimeUnit.NANOSECONDS));
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException cause ? cause : new IOException(e.getCause());
        } catch (TimeoutException e) {
            abandon(answer);
            HttpTimeoutException late = new HttpTimeoutException("no answer in time");
            late.initCause(e);
            throw late;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            abandon(answer);
            InterruptedIOException interrupted = new InterruptedIOException("interrupted");
            interrupted.initCause(e);
            throw interrupted;
        }
    }

    /** Closes the connection, also where the head came in the very moment. */
    private static void abandon(CompletableFuture<HttpResponse<Body>> answer) {
        if (!answer.cancel(true)) {
            var _ = answer.thenAccept(late -> late.body().close());
        }
    }

    private static java.net.http.HttpRequest translated(HttpRequest request) {
        java.net.http.HttpRequest.Builder builder =
                java.net.http.HttpRequest.newBuilder(URI.create(request.url()));
        request.headers()
                .forEach((name, values) -> values.forEach(value -> builder.header(name, value)));
        String body = request.body();
        return builder.method(
                        request.method().name(),
                        body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                .build();
    }

    int status() {
        return response.statusCode();
    }

    /** A header's value, empty where there is none. */
    String header(String name) {
        return response.headers().firstValue(name).orElse("");
    }

    Body body() {
        return response.body();
    }

    /** All of the body, at most {@code most} bytes. */
    byte[] readAll(int most) throws IOException {
        byte[] all = body().readNBytes(most);
        if (body().read() >= 0) {
            throw new ProtocolException("the answer has more than " + most + " bytes");
        }
        return all;
    }

    /** Limits the reads that follow; see {@link Body#limit}. */
    void limit(Deadline deadline, Duration silence) {
        body().limit(deadline, silence);
    }

    @Override
    public void close() {
        body().close();
    }
}
