package dev.docent.retrieval;

/**
 * Whether a site answers a question, by two logistic models: one tells questions on the site's
 * subject that it answers from those that it does not, the other the site's subject from all
 * others. A question is refused if either says so.
 *
 * <p>The cosines count through a {@link Calibration}, as logarithms of likelihood ratios, so that
 * the weights hold in every embedding space; without one, words alone decide. The weights were
 * fitted on 30 November 2026 on questions about five sites in three spaces; {@code
 * retrieval-journal.md} beside the questions of the tests has figures.
 */
final class Decision {
    /** The logarithm of the odds below which a question is refused, for each of the two models. */
    private static final double ANSWERED = -2.2;

    private static final double ON_SUBJECT = -1.4;

    private static final double WORDS_ANSWERED = -1.8;
    private static final double WORDS_ON_SUBJECT = -2.3;

    private static final double FEWEST_WORDS = 0.05;
    private static final int MOST_FURTHER = 2;

    /** From these on, a question is rather in other words, or another language, than elsewhere. */
    private static final int ABSENT = 2;

    private static final double ABSENT_SHARE = 0.5;

    /** What the best cosine has to say for a question in other words than the site's. */
    private static final double REWORDED = 1.5;

    /** The same where the words of the site's language say little. */
    private static final double NEAR = 0.5;

    /**
     * How far the best cosine of a question in another language than the site must be above that of
     * others' questions, in standard deviations.
     */
    private static final double FOREIGN = 1.5;

    private Decision() {}

    /** Decides by cosines and words; for a question in other words than the site's, by cosines. */
    static boolean answers(Signs signs, Calibration calibration, float[] question) {
        double best = calibration.best().ratio(signs.best());
        double margin = calibration.margin().ratio(signs.margin());
        double topic = calibration.topic().ratio(calibration.topic(question));
        if (signs.foreign()) {
            return calibration.abroad(signs.best()) >= FOREIGN;
        }
        if (signs.absent() >= ABSENT
                && signs.absentShare() >= ABSENT_SHARE
                && best >= REWORDED
                && topic >= 0) {
            return true;
        }
        double answered =
                -0.42 * best
                        + 0.79 * margin
                        - 0.02 * topic
                        + 4.69 * signs.words()
                        - 0.46 * Math.log(Math.max(FEWEST_WORDS, signs.words()))
                        - 5.72 * signs.strange()
                        - 1.07 * further(signs)
                        + 1.02 * signs.absentShare()
                        - 1.96;
        // A passage has one or two words easily, so that the fewer there are the more cosines say.
        double subject =
                0.55 * best
                        + 0.55 * margin
                        + 0.34 * topic
                        + 3.87 * signs.words()
                        - 2.57 * signs.strange()
                        - 3.23 * signs.absentShare()
                        + 0.5 * Math.min(0, best + 1) / Math.max(1, signs.asked())
                        + 0.65;
        // Words of other languages are not stemmed, and some are known by their halves only.
        boolean vague = !calibration.siteLanguage().equals(Language.ENGLISH) && best >= NEAR;
        return (vague || answered >= ANSWERED) && subject >= ON_SUBJECT;
    }

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
        return answered >= WORDS_ANSWERED && subject >= WORDS_ON_SUBJECT;
    }

    /** The absent words after the first one, which may be a slip. */
    private static double further(Signs signs) {
        return Math.clamp(signs.absent() - 1, 0, MOST_FURTHER);
    }
}
