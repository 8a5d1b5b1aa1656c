package dev.docent.gemini;

import com.fasterxml.jackson.databind.JsonNode;
import dev.docent.gemini.GeminiFailures.Role;
import dev.langchain4j.http.client.HttpMethod;
import dev.langchain4j.http.client.HttpRequest;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/** The calls to one model: connections, time limits, retries and failures. */
final class GeminiEndpoint {
    private final GeminiSettings settings;
    private final String model;
    private final GeminiFailures failures;
    private final Duration checkTimeout;
    private final Retries retries;

    /**
     * A way to the model of a role.
     *
     * @param checkTimeout the longest time for {@link #check}
     */
    GeminiEndpoint(GeminiSettings settings, Role role, Duration checkTimeout) {
        this.settings = settings;
        this.model = role == Role.CHAT ? settings.model() : settings.embeddingModel();
        this.checkTimeout = checkTimeout;
        this.retries = new Retries(Thread::sleep, RandomGenerator.getDefault());
        this.failures =
                new GeminiFailures(
                        role,
                        model,
                        authority(settings.baseUrl()),
                        new GeminiQuota(settings.requiredKey(), InstantSource.system()),
                        settings.advice());
    }

    GeminiFailures failures() {
        return failures;
    }

    Deadline in(Duration time) {
        return Deadline.in(time, System::nanoTime);
    }

    /** Makes a call, with {@link Retries}. */
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
                        () ->
                                work.apply(
                                        new GeminiCall(
                                                settings, failures, first, silence, whole))));
    }

    /**
     * Works on this thread if it is virtual, otherwise on a new virtual thread; see {@link Watch}.
     */
    private static <T> T virtually(Supplier<T> work) {
        if (Thread.currentThread().isVirtual()) {
            return work.get();
        }
        FutureTask<T> task = new FutureTask<>(work::get);
        // Closing it waits for the end of the work, to which it passes an interrupt on.
        try (ExecutorService instead = Executors.newVirtualThreadPerTaskExecutor()) {
            instead.execute(task);
        }
        if (task.state() == Future.State.SUCCESS) {
            return task.resultNow();
        }
        throw task.exceptionNow() instanceof RuntimeException cause
                ? cause
                : new IllegalStateException("the call broke", task.exceptionNow());
    }

    /**
     * Asks for the model's description, which costs no tokens.
     *
     * @param method what the model must be able to do
     */
    void check(String method) {
        Deadline deadline = in(checkTimeout);
        HttpRequest request =
                HttpRequest.builder()
                        .method(HttpMethod.GET)
                        .url(settings.baseUrl() + "/models/" + model)
                        .addHeader("x-goog-api-key", settings.requiredKey().reveal())
                        .build();
        run(
                deadline,
                checkTimeout,
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
}
