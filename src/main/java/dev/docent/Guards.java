package dev.docent;

import dev.docent.chat.Conversations;
import dev.docent.failure.Failure;
import dev.docent.health.HealthMonitor;
import dev.docent.rag.Embedder;
import dev.docent.rag.LanguageModel;
import dev.docent.rag.PassageIndex;
import dev.docent.resilience.Breaker;
import dev.docent.resilience.BreakerListener;
import dev.docent.resilience.GuardedConversations;
import dev.docent.resilience.GuardedEmbedder;
import dev.docent.resilience.GuardedIndex;
import dev.docent.resilience.GuardedModel;
import dev.docent.waiting.SteadyTime;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/**
 * The breakers before the parts that can fail. They report to health how calls end: after a
 * successful one a sleeping database need not be looked at, and after one that failed its part does
 * not work.
 */
final class Guards {
    private static final Duration OPEN_FOR = Duration.ofSeconds(10);

    /** How long a call waits for its turn, except at the index. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private static final Duration HISTORY = Duration.ofMillis(1500);

    /**
     * The most calls at once: far more than a healthy dependency needs, and a bound for one that
     * hangs.
     */
    private static final int SHORT_CALLS = 200;

    private final Settings.Parts parts;
    private final Breaker index;
    private final Breaker embedder;
    private final Breaker model;
    private final Breaker conversations;
    private final String conversationsName;
    private final HealthMonitor monitor;

    Guards(Settings settings, HealthMonitor monitor, InstantSource timeOfDay) {
        InstantSource clock = SteadyTime.from(timeOfDay);
        this.monitor = monitor;
        parts = settings.parts();
        int readers = settings.server().maxReaders();
        // One cold core needs about 8 s for 1000 questions that arrive at once. If calls hang
        // instead, their own timeout opens the breaker before the waiting calls give up.
        Duration burst = settings.qdrant().timeout().plusSeconds(1);
        index = breaker(Probes.indexName(settings), Probes.SEARCHES, SHORT_CALLS, burst, clock);
        embedder = breaker("gemini", Probes.EMBEDDINGS, readers, PATIENCE, clock);
        model = breaker("gemini", Probes.ANSWERS, readers, PATIENCE, clock);
        conversationsName = Probes.conversationsName(settings);
        conversations = breaker(conversationsName, Probes.CONVERSATIONS, readers, PATIENCE, clock);
    }

    PassageIndex index(PassageIndex plain) {
        return new GuardedIndex(plain, index);
    }

    Embedder embedder(Embedder plain) {
        return parts.embeddings() == Settings.Embeddings.GEMINI
                ? new GuardedEmbedder(plain, embedder::call)
                : plain;
    }

    LanguageModel model(LanguageModel plain) {
        return plain.generative() ? new GuardedModel(plain, model) : plain;
    }

    Conversations conversations(Conversations plain) {
        return new GuardedConversations(
                plain, conversations, () -> monitor.failure(conversationsName), HISTORY);
    }

    /** Why calls to the index are being rejected. */
    Optional<Failure> indexFailure() {
        return index.openFailure();
    }

    private Breaker breaker(
            String name, String kind, int atOnce, Duration patience, InstantSource clock) {
        return new Breaker(
                name + " (" + kind + ")",
                new Breaker.Settings(OPEN_FOR, atOnce, patience),
                clock,
                new BreakerListener() {
                    @Override
                    public void succeeded() {
                        monitor.succeeded(name, kind);
                    }

                    @Override
                    public void failed(Failure failure) {
                        monitor.failed(name, kind, failure);
                    }
                });
    }
}
