package dev.docent.retrieval;

/**
 * Whether a site answers a question, from words alone, which mean the same in every embedding
 * space. There are two logistic models: one tells questions on the site's subject that it answers
 * from those that it does not, the other the site's subject from all others. A question is refused
 * if either says so. The weights were fitted on 30 November 2026 on questions about five sites in
 * three spaces; {@code retrieval-journal.md} beside the questions of the tests has figures.
 */
final class Decision {
    /** The logarithm of the odds below which a question is refused, for each of the two models. */
    private static final double ANSWERED = -1.8;

    private static final double ON_SUBJECT = -2.3;

    private static final double FEWEST_WORDS = 0.05;
    private static final int MOST_ABSENT = 2;

    private Decision() {}

    /** Decides by words alone. */
    static boolean answers(Signs signs) {
        double words = Math.log(Math.max(FEWEST_WORDS, signs.words()));
        double answered =
                3.65 * signs.words()
                        + 0.44 * words
                        - 5.26 * signs.strange()
                        - 1.07 * further(signs)
                        + 1.99 * signs.absentShare()
                        - 1.21;
        double subject =
                7.24 * signs.words()
                        + 0.7 * words
                        - 0.62 * signs.strange()
                        - 3.39 * signs.absentShare()
                        - 1.22;
        return answered >= ANSWERED && subject >= ON_SUBJECT;
    }

    /** The absent words after the first one, which may be a slip. */
    private static int further(Signs signs) {
        return Math.clamp(signs.absent() - 1, 0, MOST_ABSENT);
    }
}
