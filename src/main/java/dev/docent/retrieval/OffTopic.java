package dev.docent.retrieval;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.docent.failure.DependencyException;
import dev.docent.rag.PassageIndex;
import java.time.Duration;
import java.util.Comparator;
import java.util.PriorityQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a question may be about instead of the site, by the examples that it is nearest to.
 *
 * <p>Those of {@code off-topic.txt} are no site's topic: small talk, general knowledge, errands,
 * and attempts to talk the service out of its rules. Those of {@code elsewhere.txt} are about
 * software at large, which may be just what a site is about. Together they are the background that
 * a question is held against; an example that the site covers itself is left aside there, and
 * whether it does is asked of the index. Thread-safe.
 */
final class OffTopic {
    /** Cosine from which on a passage is about an example. */
    private static final double COVERED = 0.45;

    /** A site's topics change with an ingestion, of which the service is not told. */
    private static final Duration KNOWN_FOR = Duration.ofHours(1);

    private static final Logger LOG = LoggerFactory.getLogger(OffTopic.class);

    private final PassageIndex index;
    private final Exemplars never;
    private final Exemplars perhaps;
    private final Cache<String, Boolean> covered;

    OffTopic(PassageIndex index) {
        this.index = index;
        never = new Exemplars("off-topic.txt");
        perhaps = new Exemplars("elsewhere.txt");
        covered = Caffeine.newBuilder().expireAfterWrite(KNOWN_FOR).build();
    }

    /**
     * How near a question is to what it may be about instead.
     *
     * @param nearest the cosine to the nearest example that is no site's topic
     * @param elsewhere the cosine to the nearest example that this site does not cover
     */
    record Likeness(double nearest, double elsewhere) {}

    /** Compares a question with the examples. */
    Likeness of(float[] question) {
        PriorityQueue<Exemplars.Near> nearestFirst =
                new PriorityQueue<>(Comparator.comparingDouble(Exemplars.Near::cosine).reversed());
        nearestFirst.addAll(never.near(question));
        double nearest = nearestFirst.element().cosine();
        nearestFirst.addAll(perhaps.near(question));
        return new Likeness(nearest, uncovered(nearestFirst));
    }

    private double uncovered(PriorityQueue<Exemplars.Near> nearestFirst) {
        while (!nearestFirst.isEmpty()) {
            Exemplars.Near near = nearestFirst.remove();
            if (!covered(near.example())) {
                return near.cosine();
            }
        }
        return 0;
    }

    private boolean covered(Exemplars.Exemplar example) {
        try {
            return covered.get(example.text(), _ -> look(example));
        } catch (DependencyException e) {
            // The question's own search went well, so it is answered; what cannot be asked now
            // does not speak against it.
            LOG.warn("deciding without an example: {}", e.failure().owner());
            return true;
        }
    }

    private boolean look(Exemplars.Exemplar example) {
        return index.search(example.text(), example.vector(), 1).hits().stream()
                .anyMatch(hit -> hit.cosine() >= COVERED);
    }
}
