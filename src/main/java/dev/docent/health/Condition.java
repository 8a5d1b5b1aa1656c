package dev.docent.health;

import dev.docent.failure.Failure;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** What is known of a dependency, by the last look or by the last real call. */
public sealed interface Condition {

    /** When it was found. */
    Instant checkedAt();

    /** How long the look took; zero if a real call showed it. */
    Duration latency();

    /** Why the dependency does not work; empty if it does. */
    default Optional<Failure> failed() {
        return this instanceof Failing failing ? Optional.of(failing.failure()) : Optional.empty();
    }

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
