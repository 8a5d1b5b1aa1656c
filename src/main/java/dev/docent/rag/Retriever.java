package dev.docent.rag;

import dev.docent.failure.DependencyException;
import dev.docent.failure.Failure;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds the passages for a question: by meaning and by words, fused by reciprocal rank.
 * Thread-safe.
 */
public final class Retriever {
    /** How many passages an answer rests on at the most. */
    public static final int DEFAULT_LIMIT = 6;

    /** Length of each of the two lists. */
    private static final int CANDIDATES = 30;

    /** The constant of reciprocal rank fusion (Cormack, Clarke, Büttcher 2009). */
    private static final double K = 60;

    /** A best cosine below this is what questions get that the documentation does not answer. */
    private static final double LEAST_COSINE = 0.35;

    private final PassageIndex index;
    private final Embedder embedder;

    public Retriever(PassageIndex index, Embedder embedder) {
        this.index = index;
        this.embedder = embedder;
    }

    /** The passages for an answer. */
    public Retrieval retrieve(String question, @Nullable String page) {
        return retrieve(question, page, DEFAULT_LIMIT);
    }

    /**
     * The passages for a question, best first.
     *
     * @param question in words that need no history
     * @param page path of the page that the reader is on, null where it is not known
     * @param limit how many at the most
     */
    public Retrieval retrieve(String question, @Nullable String page, int limit) {
        List<Hit> hits =
                candidates(question, Math.max(CANDIDATES, limit)).hits().stream()
                        .sorted(Comparator.comparingDouble(Retriever::fused).reversed())
                        .limit(limit)
                        .toList();
        // Without a vector no passage has a cosine; that it was found by its words is all there is.
        boolean byWords = hits.stream().allMatch(hit -> hit.denseRank() == 0);
        boolean evidence = hits.stream().anyMatch(hit -> byWords || hit.cosine() >= LEAST_COSINE);
        return new Retrieval(evidence, hits, hits.stream().map(Hit::passage).toList());
    }

    /** By words alone where the question cannot be embedded and the index has words. */
    private Candidates candidates(String question, int length) {
        float[] vector;
        try {
            vector = embedder.embedQuery(question);
        } catch (DependencyException e) {
            try {
                return index.search(question, null, length);
            } catch (DependencyException second) {
                e.addSuppressed(second);
                throw second.failure().nature() == Failure.Nature.REFUSED ? e : second;
            }
        }
        return index.search(question, vector, length);
    }

    private static double fused(Hit hit) {
        return share(hit.denseRank()) + share(hit.lexicalRank());
    }

    private static double share(int rank) {
        return rank == 0 ? 0 : 1 / (K + rank);
    }
}
