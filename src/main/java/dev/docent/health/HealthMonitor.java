package dev.docent.health;

import dev.docent.failure.DependencyException;
import dev.docent.failure.Diagnosis;
import dev.docent.failure.Failure;
import dev.docent.failure.FailureCode;
import dev.docent.waiting.Sleeper;
import dev.docent.waiting.SteadyTime;
import dev.docent.waiting.TimeLimit;
import dev.docent.waiting.TimeLimit.Leftover;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at the dependencies in parallel on a schedule, hears how real calls end, and keeps what is
 * known of each, so that a report never waits for a dependency. Thread-safe.
 */
public final class HealthMonitor implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger("health");

    /** How often a failing dependency is looked at, so that its return is noticed soon. */
    private static final Duration WHILE_FAILING = Duration.ofSeconds(5);

    private final List<Dependency> dependencies;
    private final TimeLimit timeout;
    private final InstantSource clock;
    private final InstantSource steady;
    private final Sleeper sleeper;
    private final Map<Dependency, Pause> pauses = new ConcurrentHashMap<>();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final CountDownLatch firstRound;
    private final CountDownLatch firstWell = new CountDownLatch(1);

    /**
     * Runs nothing before {@link #start}.
     *
     * @param probes one for each dependency, in the order of the report
     * @param timeout how long one look may take
     * @param clock for the times in the report
     */
    public HealthMonitor(List<Probe> probes, Duration timeout, InstantSource clock) {
        this(probes, timeout, clock, SteadyTime.from(clock), Thread::sleep);
    }

    /**
     * The same.
     *
     * @param steady for how long a result counts
     * @param sleeper waits for the next look at a dependency
     */
    HealthMonitor(
            List<Probe> probes,
            Duration timeout,
            InstantSource clock,
            InstantSource steady,
            Sleeper sleeper) {
        this.dependencies =
                probes.stream().map(probe -> new Dependency(probe, clock, steady)).toList();
        this.timeout = new TimeLimit(timeout, Leftover.INTERRUPT);
        this.clock = clock;
        this.steady = steady;
        this.sleeper = sleeper;
        this.firstRound = new CountDownLatch(probes.size());
    }

    /** Starts looking at all dependencies in parallel. */
    public void start() {
        dependencies.forEach(dependency -> inBackground(() -> watch(dependency)));
    }

    /**
     * Waits until each dependency was looked at once.
     *
     * @return whether that happened within {@code limit}
     */
    public boolean awaitFirstRound(Duration limit) throws InterruptedException {
        return firstRound.await(limit.toMillis(), TimeUnit.MILLISECONDS);
    }

    /**
     * Waits until all dependencies are well for the first time.
     *
     * @return whether that happened within {@code limit}
     */
    public boolean awaitWell(Duration limit) throws InterruptedException {
        return firstWell.await(limit.toMillis(), TimeUnit.MILLISECONDS);
    }

    /**
     * Notes that a real call succeeded. It replaces the next look, so that a dependency may sleep,
     * and ends what a failed call of its kind began.
     *
     * @param name of the dependency
     * @param kind of the call, as the probe names it
     */
    public void succeeded(String name, String kind) {
        named(name)
                .ifPresent(dependency -> {
                    dependency.succeeded(kind);
                    noteWell();
                });
    }

    /** Notes that a real call failed; from now on the dependency does not work. */
    public void failed(String name, String kind, Failure failure) {
        named(name)
                .ifPresent(dependency -> {
                    dependency.failed(kind, failure, false);
                    Optional.ofNullable(pauses.get(dependency)).ifPresent(Pause::shorten);
                });
    }

    /** Looks at one dependency again now, in the background, because something changed. */
    public void recheck(String name) {
        named(name)
                .ifPresent(dependency ->
                        inBackground(() -> {
                            try {
                                look(dependency);
                            } catch (CancellationException _) {
                                LOG.debug("{} is not looked at any more", name);
                            }
                        }));
    }

    /** What is known; empty while it is being prepared and before the first look has ended. */
    public Optional<Condition> condition(String name) {
        return named(name).flatMap(Dependency::condition);
    }

    /** Why a dependency does not work; empty while it works or nothing is known yet. */
    public Optional<Failure> failure(String name) {
        return condition(name).flatMap(Condition::failed);
    }

    /** The same by looks alone: a call that failed may have been the only one. */
    public Optional<Failure> failureByLooks(String name) {
        return named(name).flatMap(Dependency::byLooks).flatMap(Condition::failed);
    }

    /** A report of what is known. */
    public HealthReport report() {
        Map<String, Condition> found = new LinkedHashMap<>();
        for (Dependency dependency : dependencies) {
            dependency
                    .condition()
                    .ifPresent(condition -> found.put(dependency.probe().name(), condition));
        }
        return new HealthReport(
                dependencies.stream().map(Dependency::probe).toList(), found, clock.instant());
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }

    private Optional<Dependency> named(String name) {
        return dependencies.stream().filter(one -> one.probe().name().equals(name)).findFirst();
    }

    private void inBackground(Runnable work) {
        try {
            threads.execute(work);
        } catch (RejectedExecutionException _) {
            LOG.debug("nothing is looked at any more");
        }
    }

    private void watch(Dependency dependency) {
        Pause pause = new Pause(Thread.currentThread());
        pauses.put(dependency, pause);
        Probe.Glance glance = dependency.probe().glance();
        Duration interval = glance == null ? dependency.probe().interval() : glance.interval();
        try {
            look(dependency);
            firstRound.countDown();
            while (true) {
                pause.last(interval, dependency);
                if (dependency.wantsLook()) {
                    look(dependency);
                }
            }
        } catch (InterruptedException | CancellationException _) {
            LOG.debug("{} is not looked at any more", dependency.probe().name());
        }
    }

    /**
     * Looks until something is known. A look that is late does not count against a part of this
     * process, since it only shows that the machine is busy; nor, if it is a single one, against a
     * dependency that worked before.
     */
    private void look(Dependency dependency) {
        boolean worked = dependency.byLooks().filter(Condition.Well.class::isInstance).isPresent();
        boolean again = false;
        while (true) {
            Instant began = steady.instant();
            Condition found = found(dependency);
            boolean late =
                    found.failed().filter(one -> one.code() == FailureCode.TIMEOUT).isPresent();
            if (!late || (dependency.probe().remote() && (!worked || again))) {
                dependency.looked(found, began);
                noteWell();
                return;
            }
            if (worked && (again || dependency.provenSince(began))) {
                return;
            }
            LOG.debug("{} was late; it is looked at again", dependency.probe().name());
            again = true;
        }
    }

    private void noteWell() {
        if (firstWell.getCount() > 0 && report().status() == HealthReport.Status.HEALTHY) {
            firstWell.countDown();
        }
    }

    private Condition found(Dependency dependency) {
        Probe probe = dependency.probe();
        long began = System.nanoTime();
        try {
            Map<String, Object> details =
                    timeout.await(
                            threads.submit(() -> {
                                Map<String, Object> facts = probe.check().get();
                                dependency.due().forEach(kind -> attempt(dependency, kind));
                                return facts;
                            }));
            return new Condition.Well(details, since(began), clock.instant());
        } catch (TimeoutException e) {
            return new Condition.Failing(tooSlow(probe), since(began), clock.instant());
        } catch (RejectedExecutionException e) {
            CancellationException closed = new CancellationException("the monitor is closed");
            closed.initCause(e);
            throw closed;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof CancellationException cancelled) {
                throw cancelled;
            }
            if (e.getCause() instanceof DependencyException failed) {
                LOG.debug("probe of {} failed", probe.name(), failed);
                return new Condition.Failing(failed.failure(), since(began), clock.instant());
            }
            LOG.error("probe of {} broke", probe.name(), e.getCause());
            return new Condition.Failing(broken(probe), since(began), clock.instant());
        }
    }

    /** Makes a call of a kind of which the last one failed. */
    private static void attempt(Dependency dependency, String kind) {
        try {
            Objects.requireNonNull(dependency.probe().calls().get(kind)).call().run();
            dependency.succeeded(kind);
        } catch (DependencyException e) {
            dependency.failed(kind, e.failure(), true);
        }
    }

    private Failure tooSlow(Probe probe) {
        long seconds = timeout.limit().toSeconds();
        String waited = seconds > 0 ? seconds + " s" : timeout.limit().toMillis() + " ms";
        return new Failure(
                Diagnosis.LATE,
                FailureCode.TIMEOUT,
                Failure.Nature.UNAVAILABLE,
                "A part of this service does not answer right now; please try again in a minute.",
                probe.name() + " did not answer within " + waited + ".",
                probe.remote()
                        ? "Look at its own status page, and whether the port is blocked here."
                        : "It is a part of this process: look what else keeps the machine busy.");
    }

    private static Failure broken(Probe probe) {
        return new Failure(
                Diagnosis.BUG,
                FailureCode.INTERNAL,
                Failure.Nature.UNAVAILABLE,
                "A part of this service does not work right now; please try again in a minute.",
                "The check of " + probe.name() + " itself broke.",
                "See the log for the error, and report it.");
    }

    private static Duration since(long began) {
        return Duration.ofNanos(System.nanoTime() - began);
    }

    /** The pause of one thread between two looks. */
    private final class Pause {
        private final Thread thread;
        private boolean lasting;
        private boolean shortened;

        Pause(Thread thread) {
            this.thread = thread;
        }

        /** Lasts until the next look, also if the dependency begins to fail meanwhile. */
        void last(Duration interval, Dependency dependency) throws InterruptedException {
            Duration often = interval.compareTo(WHILE_FAILING) < 0 ? interval : WHILE_FAILING;
            begin();
            try {
                if (!dependency.fails()) {
                    sleeper.sleep(interval);
                    return;
                }
            } catch (InterruptedException e) {
                if (!wasShortened()) {
                    throw e;
                }
            } finally {
                end();
            }
            sleeper.sleep(often);
        }

        /** Ends a pause of a dependency that works; has no effect while it is looked at. */
        synchronized void shorten() {
            if (lasting && !shortened) {
                shortened = true;
                thread.interrupt();
            }
        }

        private synchronized void begin() {
            lasting = true;
            shortened = false;
        }

        private synchronized boolean wasShortened() {
            return shortened;
        }

        private synchronized void end() {
            lasting = false;
            if (shortened) {
                // An interrupt that came when the pause was just over must not hit the look.
                Thread.interrupted();
            }
        }
    }
}
