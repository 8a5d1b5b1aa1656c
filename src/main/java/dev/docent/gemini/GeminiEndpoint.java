package dev.docent.gemini;

import com.fasterxml.jackson.databind.JsonNode;
import dev.docent.gemini.GeminiFailures.Role;
import dev.langchain4j.http.client.HttpMethod;
import dev.langchain4j.http.client.HttpRequest;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/** The way to one model: its connections, its time limits, its retries, its failures. */
final class GeminiEndpoint {
    private final GeminiSettings settings;
    private final String model;
    private final GeminiFailures failures;
    private final LongSupplier ticker;
    private final Retries retries;

    GeminiEndpoint(GeminiSettings settings, Role role, LongSupplier ticker, Sleeper sleeper) {
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
        return virtually(() ->
                retries.run(
                        first,
                        untouched,
                        () -> work.apply(new GeminiCall(this, first, silence, whole))));
    }

    /** Works on this thread, or on a virtual one in its stead; see {@link Watch}. */
    private static <T> T virtually(Supplier<T> work) {
        if (Thread.currentThread().isVirtual()) {
            return work.get();
        }
        FutureTask<T> task = new FutureTask<>(work::get);
        Thread worker = Thread.startVirtualThread(task);
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return task.get();
                } catch (InterruptedException e) {
                    interrupted = true;
                    worker.interrupt();
                } catch (ExecutionException e) {
                    throw e.getCause() instanceof RuntimeException cause
                            ? cause
                            : new IllegalStateException("the call broke", e.getCause());
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    HttpExchange start(HttpRequest request, Deadline first) throws IOException {
        if (!sendable(settings.key().reveal())) {
            throw new GeminiFailed(failures.unusableKey());
        }
        return HttpExchange.start(request, settings.connectTimeout(), first);
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
}
