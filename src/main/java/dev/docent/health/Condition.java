package dev.docent.health;

import dev.docent.failure.Failure;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/** What the last probe of a dependency found. */
public sealed interface Condition {

    /** When it was found. */
    Instant checkedAt();

    /** How long the probe took. */
    Duration latency();

    /**
     * The dependency works.
     *
     * @param details members for the report, in their order
     */
    record Well(Map<String, Object> details, Duration latency, Instant checkedAt)
            implements Condition {}

    /**
     * The dependency does not work.
     *
     * @param failure what happened and what to do about it
     */
    record Failing(Failure failure, Duration latency, Instant checkedAt) implements Condition {}
}
