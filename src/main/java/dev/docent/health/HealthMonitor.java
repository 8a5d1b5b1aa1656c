package dev.docent.health;

import dev.docent.failure.DependencyException;
import dev.docent.failure.Failure;
import dev.docent.failure.FailureCode;
import dev.docent.waiting.Sleeper;
import dev.docent.waiting.TimeLimit;
import dev.docent.waiting.TimeLimit.Leftover;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the probes in parallel on a schedule and keeps the last result of each, so that a report
 * never waits for a dependency. Thread-safe.
 */
public final class HealthMonitor implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger("health");

    /** How often a failing dependency is probed, so that its return is noticed soon. */
    private static final Duration WHILE_FAILING = Duration.ofSeconds(5);

    private final List<Probe> probes;
    private final TimeLimit timeout;
    private final InstantSource clock;
    private final Sleeper sleeper;
    private final Map<String, Condition> conditions = new ConcurrentHashMap<>();
    private final Map<String, Instant> proven = new ConcurrentHashMap<>();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final CountDownLatch firstRound;

    /**
     * Runs nothing before {@link #start}.
     *
     * @param probes one for each dependency, in the order of the report
     * @param timeout how long one probe may take
     * @param clock for the times in the report
     */
    public HealthMonitor(List<Probe> probes, Duration timeout, InstantSource clock) {
        this(probes, timeout, clock, Thread::sleep);
    }

    /**
     * The same.
     *
     * @param sleeper waits for the next look at a dependency
     */
    HealthMonitor(List<Probe> probes, Duration timeout, InstantSource clock, Sleeper sleeper) {
        this.probes = List.copyOf(probes);
        this.timeout = new TimeLimit(timeout, Leftover.INTERRUPT);
        this.clock = clock;
        this.sleeper = sleeper;
        this.firstRound = new CountDownLatch(probes.size());
    }

    /** Starts probing all dependencies in parallel. */
    public void start() {
        probes.forEach(probe -> threads.execute(() -> watch(probe)));
    }

    /**
     * Waits until each dependency was probed once.
     *
     * @return whether that happened within {@code limit}
     */
    public boolean awaitFirstRound(Duration limit) throws InterruptedException {
        return firstRound.await(limit.toMillis(), TimeUnit.MILLISECONDS);
    }

    /**
     * Notes that a real call succeeded, which replaces the next probe, so that a dependency may
     * sleep.
     */
    public void proven(String name) {
        proven.put(name, clock.instant());
    }

    /** Probes one dependency again now, in the background, because something changed. */
    public void recheck(String name) {
        probes.stream()
                .filter(probe -> probe.name().equals(name))
                .forEach(probe -> threads.execute(() -> lookAgain(probe)));
    }

    /** What the last probe found; empty before the first one ended. */
    public Optional<Condition> condition(String name) {
        return Optional.ofNullable(conditions.get(name));
    }

    /** Why a dependency does not work; empty while it works or is not probed yet. */
    public Optional<Failure> failure(String name) {
        return condition(name)
                .flatMap(condition ->
                        condition instanceof Condition.Failing failing
                                ? Optional.of(failing.failure())
                                : Optional.empty());
    }

    /** A report from the last results. */
    public HealthReport report() {
        Map<String, Condition> found = new LinkedHashMap<>();
        for (Probe probe : probes) {
            Condition condition = conditions.get(probe.name());
            if (condition != null) {
                found.put(probe.name(), condition);
            }
        }
        return new HealthReport(probes, found, clock.instant());
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }

    private void watch(Probe probe) {
        try {
            lookAndTell(probe);
            firstRound.countDown();
            while (true) {
                boolean failing = conditions.get(probe.name()) instanceof Condition.Failing;
                sleeper.sleep(
                        failing ? shorter(probe.interval(), WHILE_FAILING) : probe.interval());
                if (!provenWithin(probe)) {
                    lookAndTell(probe);
                }
            }
        } catch (InterruptedException | CancellationException _) {
            LOG.debug("{} is not looked at any more", probe.name());
        }
    }

    private void lookAgain(Probe probe) {
        try {
            lookAndTell(probe);
        } catch (CancellationException _) {
            LOG.debug("{} is not looked at any more", probe.name());
        }
    }

    private void lookAndTell(Probe probe) {
        Condition found = look(probe);
        tell(probe, conditions.put(probe.name(), found), found);
    }

    private boolean provenWithin(Probe probe) {
        Instant last = proven.get(probe.name());
        return last != null
                && conditions.get(probe.name()) instanceof Condition.Well
                && last.plus(probe.interval()).isAfter(clock.instant());
    }

    private Condition look(Probe probe) {
        long began = System.nanoTime();
        try {
            Map<String, Object> details = timeout.await(threads.submit(() -> probe.check().get()));
            return new Condition.Well(details, since(began), clock.instant());
        } catch (TimeoutException e) {
            return new Condition.Failing(tooSlow(probe), since(began), clock.instant());
        } catch (ExecutionException e) {
            if (e.getCause() instanceof DependencyException failed) {
                LOG.debug("probe of {} failed", probe.name(), failed);
                return new Condition.Failing(failed.failure(), since(began), clock.instant());
            }
            LOG.error("probe of {} broke", probe.name(), e.getCause());
            return new Condition.Failing(broken(probe), since(began), clock.instant());
        }
    }

    private static void tell(Probe probe, @Nullable Condition before, Condition now) {
        switch (now) {
            case Condition.Well well -> {
                if (!(before instanceof Condition.Well)) {
                    LOG.info("{} is well, {} ms", probe.name(), well.latency().toMillis());
                }
            }
            case Condition.Failing failing -> {
                if (!(before instanceof Condition.Failing known)
                        || !known.failure().equals(failing.failure())) {
                    Failure failure = failing.failure();
                    LOG.warn("{} fails: {} {}", probe.name(), failure.owner(), failure.action());
                }
            }
        }
    }

    private Failure tooSlow(Probe probe) {
        return new Failure(
                FailureCode.TIMEOUT,
                Failure.Nature.UNAVAILABLE,
                "A part of this service does not answer right now; please try again in a minute.",
                probe.name() + " did not answer within " + timeout.limit().toSeconds() + " s.",
                "Look at its own status page; the service tries again by itself.");
    }

    private static Failure broken(Probe probe) {
        return new Failure(
                FailureCode.INTERNAL,
                Failure.Nature.UNAVAILABLE,
                "A part of this service does not work right now; please try again in a minute.",
                "The check of " + probe.name() + " itself broke.",
                "See the log for the error, and report it.");
    }

    private static Duration since(long began) {
        return Duration.ofNanos(System.nanoTime() - began);
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
