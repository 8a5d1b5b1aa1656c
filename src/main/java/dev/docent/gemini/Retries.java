package dev.docent.gemini;

import dev.docent.failure.DependencyException;
import dev.docent.failure.Failure;
import dev.docent.waiting.Interrupts;
import dev.docent.waiting.Sleeper;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * Tries a call up to three times within its deadline. Between tries it waits as long as Gemini
 * asked for, otherwise for a random time that doubles, so that many callers do not return together.
 * As Google's own clients do, it also repeats a 429 that names no time, since such a one often
 * passes within a second, and an answer without any text; never a quota that is used up for longer.
 */
final class Retries {
    private static final int TRIES = 3;
    private static final Duration FIRST_WAIT = Duration.ofMillis(400);

    private final Sleeper sleeper;
    private final RandomGenerator random;

    Retries(Sleeper sleeper, RandomGenerator random) {
        this.sleeper = sleeper;
        this.random = random;
    }

    /**
     * @param deadline no try starts after it
     * @param untouched whether the caller has not yet received anything of this call
     */
    <T> T run(Deadline deadline, BooleanSupplier untouched, Supplier<T> call) {
        for (int attempt = 1; ; attempt++) {
            try {
                return call.get();
            } catch (GeminiFailed failed) {
                Duration wait = waitBefore(attempt, failed.failure());
                if (attempt == TRIES
                        || !untouched.getAsBoolean()
                        || !failed.worthRepeating()
                        || wait.compareTo(deadline.remaining()) >= 0) {
                    throw new DependencyException(failed.failure(), failed.getCause());
                }
                pause(wait);
            }
        }
    }

    private Duration waitBefore(int attempt, Failure failure) {
        long most = FIRST_WAIT.toNanos() << (attempt - 1);
        Duration jitter = Duration.ofNanos(random.nextLong(most / 2, most));
        return failure.retryAfter().map(asked -> asked.plus(jitter)).orElse(jitter);
    }

    private void pause(Duration wait) {
        try {
            sleeper.sleep(wait);
        } catch (InterruptedException e) {
            throw Interrupts.cancelled("cancelled between two tries", e);
        }
    }
}
