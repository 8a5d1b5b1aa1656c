package dev.docent.gemini;

import com.fasterxml.jackson.databind.JsonNode;
import dev.docent.gemini.GeminiFailures.Role;
import dev.langchain4j.http.client.HttpMethod;
import dev.langchain4j.http.client.HttpRequest;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** The way to one model: its connections, its time limits, its retries, its failures. */
final class GeminiLine implements AutoCloseable {
    private final GeminiSettings settings;
    private final String model;
    private final GeminiFailures failures;
    private final LongSupplier ticker;
    private final Retries retries;
    private @Nullable HttpClient http;

    GeminiLine(GeminiSettings settings, Role role, LongSupplier ticker, Sleeper sleeper) {
        this.settings = settings;
        this.model = role == Role.CHAT ? settings.model() : settings.embeddingModel();
        this.ticker = ticker;
        this.retries = new Retries(sleeper, RandomGenerator.getDefault());
        this.failures =
                new GeminiFailures(
                        role,
                        model,
                        authority(settings.baseUrl()),
                        new GeminiQuota(settings.key(), InstantSource.system()));
    }

    GeminiSettings settings() {
        return settings;
    }

    GeminiFailures failures() {
        return failures;
    }

    Deadline in(Duration time) {
        return Deadline.in(time, ticker);
    }

    /** Does a call, and does it again as {@link Retries} has it. */
    <T> T run(
            Deadline first,
            Duration silence,
            Deadline whole,
            BooleanSupplier untouched,
            Function<GeminiCall, T> work) {
        return retries.run(
                first, untouched, () -> work.apply(new GeminiCall(this, first, silence, whole)));
    }

    Exchange start(HttpRequest request, Deadline first) throws IOException {
        if (!sendable(settings.key().reveal())) {
            throw new GeminiFailed(failures.unusableKey());
        }
        return Exchange.start(client(), request, first);
    }

    /** Made by the first call: it takes a fifth of a second, and a port should open before. */
    private synchronized HttpClient client() {
        if (http == null) {
            http =
                    HttpClient.newBuilder()
                            .version(HttpClient.Version.HTTP_1_1)
                            .connectTimeout(settings.connectTimeout())
                            // Its own thread for sockets takes the pieces too: it only puts them
                            // down for their reader, and a second handover would cost more.
                            .executor(Runnable::run)
                            .build();
        }
        return http;
    }

    /**
     * Asks for the model's description, which costs no tokens.
     *
     * @param method what the model must be able to do
     */
    void check(String method) {
        Deadline deadline = in(settings.checkTimeout());
        HttpRequest request =
                HttpRequest.builder()
                        .method(HttpMethod.GET)
                        .url(settings.baseUrl() + "/models/" + model)
                        .addHeader("x-goog-api-key", settings.key().reveal())
                        .build();
        run(
                deadline,
                settings.checkTimeout(),
                deadline,
                () -> true,
                call -> {
                    JsonNode description = failures.read(call.execute(request).body());
                    if (!description.path("name").isTextual()) {
                        throw new GeminiFailed(failures.unreadable());
                    }
                    JsonNode methods = description.path("supportedGenerationMethods");
                    if (methods.isArray() && !methods.toString().contains('"' + method + '"')) {
                        throw new GeminiFailed(failures.wrongKind());
                    }
                    return method;
                });
    }

    private static String authority(URI server) {
        return server.getHost() + (server.getPort() < 0 ? "" : ":" + server.getPort());
    }

    /** Whether a key can stand in a header: visible ASCII alone. */
    private static boolean sendable(String key) {
        return !key.isEmpty() && key.chars().allMatch(c -> c > ' ' && c < 127);
    }

    @Override
    public synchronized void close() {
        if (http != null) {
            http.shutdownNow();
        }
    }
}
