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
 * Compares a question with examples of what it may be about instead of the site.
 *
 * <p>The examples of {@code off-topic.txt} are the topic of no site: small talk, general knowledge,
 * errands, and attempts to talk the service out of its rules. Those of {@code elsewhere.txt} are
 * about other software, which may be the topic of a site; the index is asked whether the site
 * covers such an example, and if so, it is ignored. Thread-safe.
 */
final class OffTopic {
    /** A passage with at least this cosine to an example covers it. */
    private static final double COVERED = 0.45;

    /** An ingestion may change a site's topics, and the service is not notified. */
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
     * How near a question is to topics other than the site's.
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
            // The question's own search succeeded, so it is answered; an example that cannot be
            // looked up now does not count against it.
            LOG.warn("deciding without an example: {}", e.failure().briefly());
            return true;
        }
    }

    private boolean look(Exemplars.Exemplar example) {
        return index.search(example.text(), example.vector(), 1).hits().stream()
                .anyMatch(hit -> hit.cosine() >= COVERED);
    }
}
