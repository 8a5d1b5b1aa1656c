package dev.docent.budget;

import java.time.Duration;
import java.util.Optional;

/** What one reader has spent. Not thread-safe. */
final class Spending {
    private static final double NANOS_PER_MINUTE = Duration.ofMinutes(1).toNanos();

    private final Bucket questions;
    private final Bucket searches;
    private final BudgetSettings settings;
    private int today;
    private int running;

    Spending(BudgetSettings settings, long now) {
        this.settings = settings;
        this.questions = new Bucket(settings.questionsPerMinute(), now);
        this.searches = new Bucket(settings.searchesPerMinute(), now);
    }

    /** Whether nobody may forget it: an answer runs. */
    boolean busy() {
        return running > 0;
    }

    /** Counts a question, or says why not; {@link #ended} must follow where it was counted. */
    Optional<Refusal> question(long now, Duration restOfDay) {
        if (settings.answersAtOnce() > 0 && running >= settings.answersAtOnce()) {
            return Optional.of(
                    new Refusal(
                            "answers-at-once",
                            "Several of your questions are being answered; please ask again when"
                                    + " one of them is.",
                            Duration.ofSeconds(5)));
        }
        if (settings.questionsPerDay() > 0 && today >= settings.questionsPerDay()) {
            return Optional.of(
                    new Refusal(
                            "questions-per-day",
                            "You have asked as many questions as a reader may in a day; please come"
                                    + " back tomorrow.",
                            restOfDay));
        }
        Optional<Duration> wait = questions.take(now);
        if (wait.isPresent()) {
            return wait.map(time ->
                    new Refusal(
                            "questions-per-minute",
                            "You have asked many questions within a minute; please wait a moment.",
                            time));
        }
        today++;
        running++;
        return Optional.empty();
    }

    /** An answer has ended. */
    void ended() {
        running--;
    }

    /** Counts a search, or says why not. */
    Optional<Refusal> search(long now) {
        return searches.take(now)
                .map(time ->
                        new Refusal(
                                "searches-per-minute",
                                "You have searched often within a minute; please wait a moment.",
                                time));
    }

    /** Tokens that come back evenly within a minute. */
    private static final class Bucket {
        private final int size;
        private double left;
        private long asOf;

        Bucket(int size, long now) {
            this.size = size;
            this.left = size;
            this.asOf = now;
        }

        /** Takes one, or says how long it takes until there is one. */
        Optional<Duration> take(long now) {
            if (size == 0) {
                return Optional.empty();
            }
            left = Math.min(size, left + size * ((now - asOf) / NANOS_PER_MINUTE));
            asOf = now;
            if (left >= 1) {
                left--;
                return Optional.empty();
            }
            return Optional.of(Duration.ofNanos((long) ((1 - left) / size * NANOS_PER_MINUTE)));
        }
    }
}
