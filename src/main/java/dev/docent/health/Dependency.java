package dev.docent.health;

import dev.docent.failure.Failure;
import dev.docent.failure.FailureCode;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is known of one dependency: what the last look found, and how real calls ended since. A call
 * counts more than a look, because it is what readers get: Google, for example, tells about a model
 * whose quota is used up. Logs each change. Thread-safe.
 */
final class Dependency {
    private static final Logger LOG = LoggerFactory.getLogger("health");

    /** The longest pause between two trials of calls that fail. */
    private static final Duration LONGEST_PAUSE = Duration.ofHours(1);

    private final Probe probe;
    private final InstantSource clock;
    private final InstantSource steady;

    /** The last look; null before the first one ended. */
    private @Nullable Condition looked;

    private Instant lookBegan = Instant.MIN;
    private Map<String, Object> details = Map.of();
    private final Map<String, Instant> succeeded = new HashMap<>();
    private final Map<String, Failed> failing = new HashMap<>();

    /** The last call of a kind, which failed. */
    private record Failed(
            Failure failure, Instant shownAt, Instant at, Instant trialAt, Duration pause) {}

    /**
     * A dependency of which nothing is known.
     *
     * @param clock for the times in the report
     * @param steady for what came first, and how long it counts
     */
    Dependency(Probe probe, InstantSource clock, InstantSource steady) {
        this.probe = probe;
        this.clock = clock;
        this.steady = steady;
    }

    Probe probe() {
        return probe;
    }

    /** Empty while it is being prepared, and before the first look has ended. */
    synchronized Optional<Condition> condition() {
        return probe.begun().getAsBoolean() ? Optional.ofNullable(effective()) : Optional.empty();
    }

    /** What looks alone say; calls that failed may have been exceptions. */
    synchronized Optional<Condition> byLooks() {
        return probe.begun().getAsBoolean() ? Optional.ofNullable(seen()) : Optional.empty();
    }

    synchronized boolean fails() {
        return effective() instanceof Condition.Failing;
    }

    /** Notes what a look found that began at a time. */
    synchronized void looked(Condition found, Instant began) {
        Condition before = effective();
        boolean lessIsKnown =
                found instanceof Condition.Failing late
                        && late.failure().code() == FailureCode.TIMEOUT
                        && looked instanceof Condition.Failing;
        if (found instanceof Condition.Well well) {
            details = well.details();
        }
        looked =
                lessIsKnown && looked instanceof Condition.Failing known
                        ? new Condition.Failing(known.failure(), found.latency(), found.checkedAt())
                        : found;
        lookBegan = began;
        tell(before);
    }

    /** Notes that a call of a kind succeeded. */
    synchronized void succeeded(String kind) {
        Condition before = effective();
        succeeded.put(kind, steady.instant());
        failing.remove(kind);
        tell(before);
    }

    /**
     * Notes that a call of a kind failed.
     *
     * @param trial whether it was made only to see whether calls work
     */
    synchronized void failed(String kind, Failure failure, boolean trial) {
        Condition before = effective();
        Instant now = steady.instant();
        Failed last = failing.get(kind);
        Probe.Trial first = probe.calls().get(kind);
        Duration pause =
                last == null
                        ? first == null ? LONGEST_PAUSE : first.pause()
                        : trial
                                ? shorter(last.pause().multipliedBy(2), LONGEST_PAUSE)
                                : last.pause();
        Duration asked = failure.retryAfter().orElse(Duration.ZERO);
        Instant next = now.plus(asked.compareTo(pause) > 0 ? asked : pause);
        failing.put(kind, new Failed(failure, clock.instant(), now, next, pause));
        tell(before);
    }

    /** The kinds of call that should be tried now. */
    synchronized List<String> due() {
        Instant now = steady.instant();
        return failing.entrySet().stream()
                .filter(kind -> probe.calls().containsKey(kind.getKey()))
                .filter(kind -> !kind.getValue().trialAt().isAfter(now))
                .map(Map.Entry::getKey)
                .toList();
    }

    /** Whether calls of all kinds have succeeded since a time, and none has failed after that. */
    synchronized boolean provenSince(Instant time) {
        return !succeeded.isEmpty()
                && failing.isEmpty()
                && succeeded.keySet().containsAll(probe.calls().keySet())
                && succeeded.values().stream().allMatch(time::isBefore);
    }

    /**
     * Whether it is time for a look, after a pause: it fails, was not looked at for long and no
     * call has shown that it works, or does not seem to be there.
     */
    boolean wantsLook() {
        Instant before = steady.instant().minus(probe.interval());
        Probe.Glance glance = probe.glance();
        return fails()
                || ((glance == null || !lookedSince(before)) && !provenSince(before))
                || (glance != null && !glance.seems().getAsBoolean());
    }

    private synchronized boolean lookedSince(Instant time) {
        return lookBegan.isAfter(time);
    }

    private @Nullable Condition effective() {
        return failing.values().stream()
                .max(Comparator.comparing(Failed::at))
                .map(last -> failing(last.failure(), last.shownAt()))
                .orElseGet(this::seen);
    }

    private @Nullable Condition seen() {
        return looked instanceof Condition.Failing && provenSince(lookBegan)
                ? new Condition.Well(details, Duration.ZERO, clock.instant())
                : looked;
    }

    private static Condition failing(Failure failure, Instant at) {
        return new Condition.Failing(failure, Duration.ZERO, at);
    }

    private void tell(@Nullable Condition before) {
        Condition now = effective();
        if (now instanceof Condition.Well well && !(before instanceof Condition.Well)) {
            LOG.info("{} is well, {} ms", probe.name(), well.latency().toMillis());
        } else if (now instanceof Condition.Failing failing) {
            Failure failure = failing.failure();
            // The time to wait is another one at each call.
            if (!(before instanceof Condition.Failing known)
                    || !known.failure().owner().equals(failure.owner())) {
                LOG.warn("{} fails: {}", probe.name(), failure.fully());
            }
        }
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
