package dev.docent.gemini;

import static org.assertj.core.api.Assertions.assertThat;

import dev.docent.config.RetiredModel;
import dev.docent.config.Secret;
import dev.docent.config.TestSettings;
import dev.docent.failure.DependencyException;
import dev.docent.failure.Failure;
import dev.docent.rag.LanguageModel.Output;
import dev.docent.rag.LanguageModel.Usage;
import dev.docent.rag.ModelRequest;
import dev.docent.rag.Passage;
import dev.docent.validation.EnvironmentValidator;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A question to a Gemini, and what came of it. */
record Trial(String text, Usage usage, @Nullable Failure failure) {
    static final Secret KEY = Secret.of("AQ.test-0123456789-secret");

    static final Passage PASSAGE =
            new Passage(
                    Passage.idOf("docs/origins.md", "", 0),
                    "docs/origins.md",
                    "Allowed origins",
                    List.of(),
                    "",
                    "/docs/origins",
                    0,
                    "ALLOWED_ORIGINS takes a list of origins.",
                    9);

    /** What has ended according to the rules that the program comes with. */
    static final List<RetiredModel> RETIRED =
            EnvironmentValidator.load(Clock.systemUTC()).retiredModels();

    /** Patient enough for a busy machine. */
    static final Duration PATIENT = Duration.ofSeconds(20);

    static GeminiSettings settings(URI baseUrl) {
        return settings(baseUrl, Map.of());
    }

    static GeminiSettings settings(URI baseUrl, Map<String, String> variables) {
        return settings(baseUrl, PATIENT, PATIENT, variables);
    }

    /**
     * @param first for whatever has no answer in pieces, too
     */
    static GeminiSettings settings(
            URI baseUrl, Duration first, Duration idle, Map<String, String> variables) {
        Map<String, String> all = new HashMap<>(variables);
        all.put("GEMINI_API_KEY", KEY.reveal());
        all.put("GEMINI_BASE_URL", baseUrl.toString());
        GeminiSettings read = TestSettings.read(all, in -> GeminiSettings.read(in, RETIRED));
        return new GeminiSettings(
                read.key(),
                read.model(),
                read.embeddingModel(),
                read.dimension(),
                read.baseUrl(),
                read.thinking(),
                read.maxOutputTokens(),
                new GeminiSettings.Timeouts(
                        Duration.ofSeconds(5), first, idle, first, first, first),
                read.textsPerMinute(),
                read.textsPerDay(),
                read.advice());
    }

    static GeminiModel model(GeminiSettings settings) {
        return new GeminiModel(settings, PATIENT, PATIENT);
    }

    static GeminiEmbedder embedder(GeminiSettings settings) {
        return new GeminiEmbedder(settings, PATIENT);
    }

    static ModelRequest question() {
        String question = "How do I allow an origin?";
        return new ModelRequest(question, question, List.of(), List.of(PASSAGE), null);
    }

    static Trial of(GeminiModel model) {
        return of(model, piece -> {});
    }

    /**
     * @param taken is told of each piece
     */
    static Trial of(GeminiModel model, Consumer<String> taken) {
        StringBuilder text = new StringBuilder();
        AtomicReference<Usage> usage = new AtomicReference<>(new Usage(0, 0));
        Output reply =
                new Output() {
                    @Override
                    public void accept(String piece) {
                        text.append(piece);
                        taken.accept(piece);
                    }

                    @Override
                    public void used(Usage more) {
                        usage.updateAndGet(sum ->
                                new Usage(
                                        sum.input() + more.input(),
                                        sum.output() + more.output(),
                                        more.cut()));
                    }
                };
        try {
            guarded(() -> model.answer(question(), reply));
            return new Trial(text.toString(), usage.get(), null);
        } catch (DependencyException e) {
            return new Trial(text.toString(), usage.get(), e.failure());
        }
    }

    static void guarded(Runnable work) {
        guarded(Executors.callable(work));
    }

    /** Runs on a virtual thread, as in the service, and fails rather than hanging. */
    static <T> T guarded(Callable<T> work) {
        FutureTask<T> task = new FutureTask<>(work);
        Thread.ofVirtual().start(task);
        try {
            return task.get(60, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new AssertionError(e.getCause());
        } catch (InterruptedException | TimeoutException e) {
            throw new AssertionError("hangs", e);
        }
    }

    /** The failure, which must be there. */
    Failure failed() {
        assertThat(failure).isNotNull();
        return Objects.requireNonNull(failure);
    }

    /** Waits for what another thread does. */
    static void eventually(BooleanSupplier condition) {
        long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("waited 30 s").isLessThan(end);
            LockSupport.parkNanos(1_000_000);
        }
    }
}
