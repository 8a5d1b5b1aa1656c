package dev.docent.rag;

import java.util.List;
import java.util.Set;

/**
 * The decision whether a site answers a question at all, as a small logistic model over signals
 * that need no tuning to a site:
 *
 * <ul>
 *   <li>how well the best passage fits, by cosine and words, see {@link Ranking#fit};
 *   <li>the mean cosine of the dense list, which speaks against: it tells a passage that stands out
 *       from a question that is a little like everything;
 *   <li>the cosine to the nearest of the {@link OffTopic} examples above 0.3, which speaks against.
 * </ul>
 *
 * <p>Fitted on 22 November 2026 on 117 questions in scope and 60 out of scope of two sites, classes
 * weighted alike, L2 0.3. Area under the curve, nine-fold: best cosine 0.87, best share of words
 * 0.90, fit 0.93, with the examples and the mean 0.95. In scope refused against others refused,
 * nine-fold: 1.7 % and 60 %, 2.6 % and 62 %, 3.4 % and 72 %, 4.3 % and 75 %, 6.8 % and 82 %; half
 * of the questions that get through are about neighbours of the site's topic by name.
 *
 * <p>Tried and dropped: cosine and words apart (0.95), margin between first and later cosines,
 * agreement of the two lists, number of words, concentration on one page (no gain); number of words
 * that the index does not know (0.96, yet no gain where few are refused wrongly); an example of
 * off-topic at any cosine (0.94).
 */
final class Evidence {
    private static final Set<String> CALIBRATED = Set.of("all-minilm-l6-v2-q+headings");

    private static final double FIT = 10.5;
    private static final double BACKGROUND = -6.0;
    private static final double OFF_TOPIC = -25.0;
    private static final double INTERCEPT = -4.2;

    /** The same without a lexical list, where the fit is the cosine. */
    private static final double DENSE_FIT = 16.8;

    private static final double DENSE_BACKGROUND = -9.7;
    private static final double DENSE_OFF_TOPIC = -25.4;

    /** The same without vectors; 40 % of the others are refused. */
    private static final double LEXICAL_WORDS = 12.1;

    private static final double LEXICAL_INTERCEPT = -3.8;

    private static final double CLEARLY_OFF_TOPIC = 0.3;

    /** Low, because refusing what the site does answer is worse than the reverse. */
    private static final double THRESHOLD = 0.22;

    private Evidence() {}

    static boolean suffices(double confidence) {
        return confidence >= THRESHOLD;
    }

    static boolean calibratedFor(EmbeddingSpace space) {
        return CALIBRATED.contains(space.model());
    }

    /**
     * The probability that the site answers the question.
     *
     * @param hits all candidates of a search with a vector of a calibrated space
     * @param offTopic cosine between the question and the nearest off-topic example
     * @param lexical whether the index has a lexical list
     */
    static double confidence(List<Hit> hits, Ranking ranking, double offTopic, boolean lexical) {
        double fit = hits.stream().mapToDouble(ranking::fit).max().orElse(0);
        double background =
                hits.stream()
                        .filter(hit -> hit.denseRank() > 0)
                        .mapToDouble(Hit::cosine)
                        .average()
                        .orElse(0);
        double against = Math.max(0, offTopic - CLEARLY_OFF_TOPIC);
        return lexical
                ? logistic(FIT * fit + BACKGROUND * background + OFF_TOPIC * against + INTERCEPT)
                : logistic(
                        DENSE_FIT * fit
                                + DENSE_BACKGROUND * background
                                + DENSE_OFF_TOPIC * against
                                + INTERCEPT);
    }

    /** The same from words alone, because the embedding failed. */
    static double confidence(List<Hit> hits, Ranking ranking) {
        double words = hits.stream().mapToDouble(ranking::words).max().orElse(0);
        return logistic(LEXICAL_WORDS * words + LEXICAL_INTERCEPT);
    }

    /**
     * The same by one cosine, in a space that was not calibrated; just enough at {@code floor}.
     *
     * @param floor the cosine that suffices
     */
    static double confidence(List<Hit> hits, double floor) {
        double cosine = hits.stream().mapToDouble(Hit::cosine).max().orElse(-1);
        return logistic(DENSE_FIT * (cosine - floor) + Math.log(THRESHOLD / (1 - THRESHOLD)));
    }

    private static double logistic(double x) {
        return 1 / (1 + Math.exp(-x));
    }
}
