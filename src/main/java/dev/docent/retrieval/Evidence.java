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
 *       which speaks against: rare words and names of a question occur on a site that is about
 *       them, while plain words may just be a reader's words for what the site calls otherwise, see
 *       {@link Embedder#unusualness};
 *   <li>which share of the question's idf is in words that occur nowhere on the site, which speaks
 *       against, see {@link Candidates#strangeness};
 *   <li>the cosine to the nearest of the {@link OffTopic} examples that are the topic of no site,
 *       above 0.3, which speaks against;
 *   <li>the cosine to the nearest of all examples that this site does not cover, which speaks
 *       against: a question about the site is nearer to the site than to what others ask.
 * </ul>
 *
 * <p>Without a lexical list, the mean cosine of the dense list takes the place of the words. Fitted
 * on 28 November 2026 on 309 questions in scope and 110 out of scope of four sites, in the space of
 * all-MiniLM-L6-v2 and with lexical scores on the scale of {@link dev.docent.rag.Bm25}, which all
 * indexes share. {@code retrieval-journal.md} beside the questions of the tests has figures, and
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

    /** A lower fit counts as this. */
    private static final double LEAST_FIT = 0.1;

    /**
     * The weights without a lexical list, with which 60 % of the questions out of scope are
     * refused.
     */
    private static final double DENSE_COSINE = 13.8;

    private static final double DENSE_BACKGROUND = -10.1;
    private static final double DENSE_OFF_TOPIC = -3;
    private static final double DENSE_ELSEWHERE = -8.2;
    private static final double DENSE_INTERCEPT = 0.27;

    /** The weights without vectors, with which 40 % of the questions out of scope are refused. */
    private static final double LEXICAL_WORDS = 12.1;

    private static final double LEXICAL_INTERCEPT = -3.4;

    /** The weight of a single cosine, in a space that was not calibrated. */
    private static final double UNKNOWN_COSINE = 16.8;

    private static final double CLEARLY_OFF_TOPIC = 0.3;

    /** Low, because it is worse to refuse a question that the site answers than the reverse. */
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
     * @param likeness how near the question is to topics other than this site's
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
     * The same by one cosine, in a space that was not calibrated; reaches the threshold at {@code
     * floor}.
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
