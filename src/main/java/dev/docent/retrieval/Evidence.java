package dev.docent.retrieval;

import dev.docent.rag.Candidates;
import dev.docent.rag.Embedder;
import dev.docent.rag.EmbeddingSpace;
import dev.docent.rag.Hit;
import java.util.List;
import java.util.Set;

/**
 * The decision whether a site answers a question at all, as a small logistic model over signals
 * that need no tuning to a site:
 *
 * <ul>
 *   <li>how well the best passage fits, by cosine and words, see {@link Ranking#fit}; as a
 *       logarithm, since a fit of 0.1 says more against than one of 1 says for;
 *   <li>by how much the best cosine stands out from the mean of the dense list;
 *   <li>how unusual the question's words are in English at large, as far as no passage holds them,
 *       which speaks against: who asks with rare words and names has them found where the site is
 *       about them, while plain words are a reader's own for what the site calls otherwise, see
 *       {@link Embedder#unusualness};
 *   <li>how much of what the question's words could say is in words that the site holds nowhere,
 *       which speaks against, see {@link Candidates#strangeness};
 *   <li>the cosine to the nearest of the {@link OffTopic} examples that are no site's topic, above
 *       0.3, which speaks against;
 *   <li>the cosine to the nearest of all examples that this site does not cover, which speaks
 *       against: a question about the site is nearer to the site than to what others ask.
 * </ul>
 *
 * <p>Without a lexical list the mean cosine of the dense list stands for the words. Fitted on 28
 * November 2026 on 309 questions in scope and 110 out of scope of four sites, in the space of
 * all-MiniLM-L6-v2 and with words on the scale of {@link dev.docent.rag.Bm25}, which every index
 * keeps; {@code retrieval-journal.md} beside the questions of the tests tells how well it does and
 * what else was tried.
 */
final class Evidence {
    private static final Set<String> CALIBRATED = Set.of("all-minilm-l6-v2-q+headings");

    private static final double FIT = 1;
    private static final double MARGIN = 11;
    private static final double UNUSUAL = -4.6;
    private static final double STRANGE = -4;
    private static final double OFF_TOPIC = -8;
    private static final double ELSEWHERE = -9;
    private static final double INTERCEPT = 7.35;

    /** A fit below it is none. */
    private static final double LEAST_FIT = 0.1;

    /** The same without a lexical list; 60 % of the others are refused. */
    private static final double DENSE_COSINE = 13.8;

    private static final double DENSE_BACKGROUND = -10.1;
    private static final double DENSE_OFF_TOPIC = -3;
    private static final double DENSE_ELSEWHERE = -8.2;
    private static final double DENSE_INTERCEPT = 0.27;

    /** The same without vectors; 40 % of the others are refused. */
    private static final double LEXICAL_WORDS = 12.1;

    private static final double LEXICAL_INTERCEPT = -3.4;

    /** By one cosine alone, in a space that was not calibrated. */
    private static final double UNKNOWN_COSINE = 16.8;

    private static final double CLEARLY_OFF_TOPIC = 0.3;

    /** Low, because refusing what the site does answer is worse than the reverse. */
    private static final double THRESHOLD = 0.3;

    private Evidence() {}

    static boolean suffices(double confidence) {
        return confidence >= THRESHOLD;
    }

    /** Whether the weights were fitted in a space; those of words hold for every index. */
    static boolean calibratedFor(EmbeddingSpace space) {
        return CALIBRATED.contains(space.model());
    }

    /**
     * The probability that the site answers the question.
     *
     * @param candidates of a search with a vector of a calibrated space
     * @param likeness how near the question is to what is no site's or not this site's topic
     * @param unusualness of the question, see {@link Embedder#unusualness}
     */
    static double confidence(
            Candidates candidates,
            Ranking ranking,
            OffTopic.Likeness likeness,
            double unusualness) {
        List<Hit> hits = candidates.hits();
        double against = Math.max(0, likeness.nearest() - CLEARLY_OFF_TOPIC);
        double background =
                hits.stream()
                        .filter(hit -> hit.denseRank() > 0)
                        .mapToDouble(Hit::cosine)
                        .average()
                        .orElse(0);
        if (candidates.idf().isEmpty()) {
            return logistic(
                    DENSE_COSINE * cosine(hits)
                            + DENSE_BACKGROUND * background
                            + DENSE_OFF_TOPIC * against
                            + DENSE_ELSEWHERE * likeness.elsewhere()
                            + DENSE_INTERCEPT);
        }
        double fit = hits.stream().mapToDouble(ranking::fit).max().orElse(0);
        return logistic(
                FIT * Math.log(Math.max(LEAST_FIT, fit))
                        + MARGIN * (cosine(hits) - background)
                        + UNUSUAL * unusualness * (1 - words(hits, ranking))
                        + STRANGE * candidates.strangeness()
                        + OFF_TOPIC * against
                        + ELSEWHERE * likeness.elsewhere()
                        + INTERCEPT);
    }

    /** The same from words alone, because the embedding failed. */
    static double confidence(List<Hit> hits, Ranking ranking) {
        return logistic(LEXICAL_WORDS * words(hits, ranking) + LEXICAL_INTERCEPT);
    }

    /**
     * The same by one cosine, in a space that was not calibrated; just enough at {@code floor}.
     *
     * @param floor the cosine that suffices
     */
    static double confidence(List<Hit> hits, double floor) {
        return logistic(
                UNKNOWN_COSINE * (cosine(hits) - floor) + Math.log(THRESHOLD / (1 - THRESHOLD)));
    }

    private static double words(List<Hit> hits, Ranking ranking) {
        return hits.stream().mapToDouble(ranking::words).max().orElse(0);
    }

    private static double cosine(List<Hit> hits) {
        return hits.stream().mapToDouble(Hit::cosine).max().orElse(-1);
    }

    private static double logistic(double x) {
        return 1 / (1 + Math.exp(-x));
    }
}
