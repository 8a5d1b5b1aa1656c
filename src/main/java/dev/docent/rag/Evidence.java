package dev.docent.rag;

import java.util.List;
import java.util.Set;

/**
 * The decision whether a site answers a question at all, as a small logistic model over signals
 * that need no tuning to a site:
 *
 * <ul>
 *   <li>how well the best passage fits, by cosine and words, see {@link Ranking#fit};
 *   <li>by how much the best cosine stands out from the mean of the dense list;
 *   <li>how unusual the question's words are in English at large, which speaks against: who asks
 *       with rare words and names has them found where the site is about them, while plain words
 *       are a reader's own for what the site calls otherwise, see {@link Embedder#unusualness};
 *   <li>how much of what the question's words could say is in words that the site holds nowhere,
 *       which speaks against, see {@link Candidates#strangeness};
 *   <li>the cosine to the nearest of the {@link OffTopic} examples above 0.3, which speaks against.
 * </ul>
 *
 * <p>Fitted on 28 November 2026 on 274 questions in scope and 100 out of scope of three sites of
 * 750, 974 and 2034 passages, classes weighted alike, L2 0.3, and rounded; less against off-topic
 * than the fit says, more like the fit before. 230 and 90 of them were harder than those of the fit
 * before: in the reader's words for two thirds, and a third of the others about neighbours of the
 * site's topic. Area under the curve, each site by the fit of the two others: 0.86 with the signals
 * of before, 0.896 with the unusual words, 0.899 with the margin; on the 54 easier ones 0.93, 0.96,
 * 0.98. In scope refused against others refused: of the 320 harder ones 17.4 and 62 % before, now
 * 0.9 and 50 % at a threshold of 0.23, 3.9 and 54 % at 0.3, 5.2 and 59 % at 0.34, 7.8 and 67 % at
 * 0.43; of the 54, 4.5 and 90 % before, now 2.3 and 80 % at 0.3, 6.8 and 90 % at 0.41.
 *
 * <p>Tried and dropped, then and before: cosine and words apart, how many words are strange,
 * strange words only where English at large does not know them, agreement of the two lists, number
 * of words (it parted the 320 well, 0.89, but only since the others were shorter: no gain with
 * lengths weighted alike), share of the terms in headings, page, or best passage, standardised
 * cosine, concentration on one page (no gain); examples of general questions about programming and
 * prices (0.92, yet 0.90 without those whose kind was among the questions), an example of off-topic
 * at any cosine. Without a lexical list the mean cosine of the dense list stands for the strange
 * words.
 */
final class Evidence {
    private static final Set<String> CALIBRATED = Set.of("all-minilm-l6-v2-q+headings");

    private static final double FIT = 5;
    private static final double MARGIN = 8;
    private static final double UNUSUAL = -2.8;
    private static final double STRANGE = -4;
    private static final double OFF_TOPIC = -16;
    private static final double INTERCEPT = 0.45;

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
     * @param unusualness of the question, see {@link Embedder#unusualness}
     */
    static double confidence(
            Candidates candidates, Ranking ranking, double offTopic, double unusualness) {
        List<Hit> hits = candidates.hits();
        double fit = hits.stream().mapToDouble(ranking::fit).max().orElse(0);
        double against = Math.max(0, offTopic - CLEARLY_OFF_TOPIC);
        double background =
                hits.stream()
                        .filter(hit -> hit.denseRank() > 0)
                        .mapToDouble(Hit::cosine)
                        .average()
                        .orElse(0);
        if (!candidates.rarity().isEmpty()) {
            return logistic(
                    FIT * fit
                            + MARGIN * (cosine(hits) - background)
                            + UNUSUAL * unusualness
                            + STRANGE * candidates.strangeness()
                            + OFF_TOPIC * against
                            + INTERCEPT);
        }
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
        return logistic(DENSE_FIT * (cosine(hits) - floor) + Math.log(THRESHOLD / (1 - THRESHOLD)));
    }

    private static double cosine(List<Hit> hits) {
        return hits.stream().mapToDouble(Hit::cosine).max().orElse(-1);
    }

    private static double logistic(double x) {
        return 1 / (1 + Math.exp(-x));
    }
}
