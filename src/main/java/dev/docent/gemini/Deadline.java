package dev.docent.gemini;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * A point in time at which waiting ends.
 *
 * @param ticker a clock like {@link System#nanoTime}
 * @param at the moment, on that clock
 */
record Deadline(LongSupplier ticker, long at) {

    static Deadline in(Duration time, LongSupplier ticker) {
        return new Deadline(ticker, ticker.getAsLong() + time.toNanos());
    }

    Duration remaining() {
        return Duration.ofNanos(nanos());
    }

    /** The time left; negative if it has passed. */
    long nanos() {
        return at - ticker.getAsLong();
    }

    Deadline orSooner(Duration time) {
        return new Deadline(ticker, Math.min(at, ticker.getAsLong() + time.toNanos()));
    }
}
