package dev.docent.budget;

import dev.docent.config.SettingsReader;

/**
 * How much is allowed; 0 is without a limit.
 *
 * @param trustProxy whose word counts for a reader's address
 * @param behindSpace whether the service runs in a Space, whose proxy adds the reader's address
 * @param answersAtOnce of one reader
 * @param questionsPerMinute of one reader
 * @param questionsPerDay of one reader
 * @param searchesPerMinute of one reader
 * @param allQuestionsPerDay of all readers together
 * @param allTokensPerDay that the language model reads and writes for all of them
 * @param allTextsPerDay that are embedded by a remote model for all of them
 * @param reserve share of these texts, in percent, that searches leave to questions
 */
public record BudgetSettings(
        TrustProxy trustProxy,
        boolean behindSpace,
        int answersAtOnce,
        int questionsPerMinute,
        int questionsPerDay,
        int searchesPerMinute,
        int allQuestionsPerDay,
        int allTokensPerDay,
        int allTextsPerDay,
        int reserve) {

    /** Whether the last entry of {@code X-Forwarded-For} is believed. */
    public enum TrustProxy {
        /** In a Space only; elsewhere, private addresses may be a proxy's and are not counted. */
        AUTO,
        YES,
        NO
    }

    private static final int MOST = 1_000_000_000;

    /** Reads {@code budget.*}. */
    public static BudgetSettings read(SettingsReader in) {
        boolean space = in.optionalText("cors.space-host").isPresent();
        return new BudgetSettings(
                in.choice("budget.trust-proxy", TrustProxy.class),
                space,
                in.number("budget.answers-at-once", 0, MOST),
                in.number("budget.questions-per-minute", 0, MOST),
                in.number("budget.questions-per-day", 0, MOST),
                in.number("budget.searches-per-minute", 0, MOST),
                ofAll(in, space, "budget.all-questions-per-day"),
                ofAll(in, space, "budget.all-tokens-per-day"),
                ofAll(in, space, "budget.all-texts-per-day"),
                in.number("budget.reserve", 0, 100));
    }

    /** A limit for a free Space: elsewhere it holds only where the owner has set it. */
    private static int ofAll(SettingsReader in, boolean space, String key) {
        return space || in.set(key) ? in.number(key, 0, MOST) : 0;
    }
}
