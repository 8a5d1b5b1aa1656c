package dev.docent.rag;

import java.util.List;
import java.util.Set;

/**
 * The decision whether a site answers a question at all, as a small logistic model over signals
 * that need no tuning to a site:
 *
 * <ul>
 *   <li>how well the best passage fits, by cosine and words, see {@link Ranking#fit};
 *   <li>how much of what the question's words could say is in words that the site holds nowhere,
 *       which speaks against, see {@link Candidates#strangeness};
 *   <li>the cosine to the nearest of the {@link OffTopic} examples above 0.3, which speaks against.
 * </ul>
 *
 * <p>Fitted on 23 November 2026 on 203 questions in scope and 94 out of scope of three sites, a
 * small one and two of 974 and 2034 passages, classes weighted alike, L2 0.3, and rounded towards
 * refusing less on the small one. Some of the questions out of scope name a neighbour of the site's
 * topic. No other questions have confirmed it since. In scope refused against others refused: 3.0 %
 * and 81 % at a threshold of 0.2 and of 0.25, 3.4 % and 84 % at 0.3. Area under the curve on the
 * two larger sites, nine-fold: 0.938 with the mean cosine of the dense list in place of the strange
 * words (3.0 % and 69 %), 0.963 with them (3.0 % and 81 %), and the same with both.
 *
 * <p>Tried and dropped: cosine and words apart (0.961), how many words are strange (0.963, yet 67 %
 * where 1.8 % are refused wrongly), margin between first and later cosines, agreement of the two
 * lists, number of words, concentration on one page (no gain); an example of off-topic at any
 * cosine. Without a lexical list the mean cosine of the dense list stands for the strange words.
 */
final class Evidence {
    private static final Set<String> CALIBRATED = Set.of("all-minilm-l6-v2-q+headings");

    private static final double FIT = 5.4;
    private static final double STRANGE = -14;
    private static final double OFF_TOPIC = -20;
    private static final double INTERCEPT = -2.4;

    /** The same without a lexical list, where the fit is the cosine. */
    private static final double DENSE_FIT = 16.8;

    private static final double DENSE_BACKGROUND = -9.7;
    private static final double DENSE_OFF_TOPIC = -25.4;
    private static final double DENSE_INTERCEPT = -3.8;

    /** The same without vectors; 40 % of the others are refused. */
    private static final double LEXICAL_WORDS = 12.1;

    private static final double LEXICAL_INTERCEPT = -3.4;

    private static final double CLEARLY_OFF_TOPIC = 0.3;

    /** Low, because refusing what the site does answer is worse than the reverse. */
    private static final double THRESHOLD = 0.3;

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
     * @param candidates of a search with a vector of a calibrated space
     * @param offTopic cosine between the question and the nearest off-topic example
     */
    static double confidence(Candidates candidates, Ranking ranking, double offTopic) {
        List<Hit> hits = candidates.hits();
        double fit = hits.stream().mapToDouble(ranking::fit).max().orElse(0);
        double against = Math.max(0, offTopic - CLEARLY_OFF_TOPIC);
        if (!candidates.rarity().isEmpty()) {
            return logistic(
                    FIT * fit
                            + STRANGE * candidates.strangeness()
                            + OFF_TOPIC * against
                            + INTERCEPT);
        }
        double background =
                hits.stream()
                        .filter(hit -> hit.denseRank() > 0)
                        .mapToDouble(Hit::cosine)
                        .average()
                        .orElse(0);
        return logistic(
                DENSE_FIT * fit
                        + DENSE_BACKGROUND * background
                        + DENSE_OFF_TOPIC * against
                        + DENSE_INTERCEPT);
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
