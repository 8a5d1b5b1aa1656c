package dev.docent.health;

import java.time.Duration;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * How one dependency is looked at, and which calls readers depend on.
 *
 * @param name what the report calls the dependency, for example {@code qdrant}
 * @param wellWord the report's {@code status} of a working dependency: {@code connected} or {@code
 *     ok}
 * @param interval time between two looks; real calls that succeeded count as one
 * @param check a look: returns details for the report; throws {@link
 *     dev.docent.failure.DependencyException} if the dependency does not work; must end when its
 *     thread is interrupted
 * @param remote whether it is outside of this process; a part of this process that is late only
 *     shows that the machine is busy
 * @param calls the kinds of call that readers depend on, by their names
 * @param glance what is seen between two looks; null for nothing
 * @param begun false while the dependency is still being prepared, and so has no condition yet
 */
public record Probe(
        String name,
        String wellWord,
        Duration interval,
        Supplier<Map<String, Object>> check,
        boolean remote,
        Map<String, Trial> calls,
        @Nullable Glance glance,
        BooleanSupplier begun) {

    public Probe {
        calls = Map.copyOf(calls);
    }

    /** A remote dependency whose calls nobody reports. */
    public Probe(
            String name, String wellWord, Duration interval, Supplier<Map<String, Object>> check) {
        this(name, wellWord, interval, check, true, Map.of(), null, () -> true);
    }

    /** The same with calls that are reported. */
    public Probe with(Map<String, Trial> reported) {
        return new Probe(name, wellWord, interval, check, remote, reported, glance, begun);
    }

    /** The same as a part of this process. */
    public Probe embedded() {
        return new Probe(name, wellWord, interval, check, false, calls, glance, begun);
    }

    /** The same, seen also between two looks. */
    public Probe with(Glance between) {
        return new Probe(name, wellWord, interval, check, remote, calls, between, begun);
    }

    /** The same with another look, and with a time before which it has no condition. */
    public Probe prepared(Supplier<Map<String, Object>> look, BooleanSupplier ready) {
        return new Probe(name, wellWord, interval, look, remote, calls, glance, ready);
    }

    /**
     * A call of the kind that readers depend on. It is made only after one of this kind has failed,
     * to notice when they work again although nobody asks.
     *
     * @param call throws like {@link Probe#check}
     * @param pause from a failed call to the first trial; doubled after each trial that failed
     */
    public record Trial(Runnable call, Duration pause) {}

    /**
     * What can be seen of a dependency between two looks at no cost, above all without waking one
     * that sleeps. It tells nothing by itself: where the dependency does not seem to be there, a
     * look tells whether, and why.
     *
     * @param seems whether it seems to be there; must end soon, and when its thread is interrupted
     * @param interval time between two glances
     */
    public record Glance(BooleanSupplier seems, Duration interval) {}
}
