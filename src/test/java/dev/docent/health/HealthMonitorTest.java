package dev.docent.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.docent.failure.DependencyException;
import dev.docent.failure.Failure;
import dev.docent.failure.Failure.Nature;
import dev.docent.failure.FailureCode;
import dev.docent.health.HealthReport.Status;
import dev.docent.waiting.Sleeper;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class HealthMonitorTest {
    private static final Duration LONG = Duration.ofMinutes(1);
    private static final Duration INTERVAL = Duration.ofSeconds(60);
    private static final Map<String, Object> DETAILS = Map.of("passages", 3L);
    private static final Failure DOWN =
            new Failure(
                    FailureCode.RETRIEVAL_FAILED,
                    Nature.UNAVAILABLE,
                    "The search is not available.",
                    "Qdrant is down.",
                    "Start it.");

    private final Pauses pauses = new Pauses();
    private final AtomicInteger looks = new AtomicInteger();
    private volatile Instant now = Instant.parse("2026-11-30T12:00:00Z");
    private volatile boolean down;

    @Test
    void keepsWhatAProbeFound() throws Exception {
        try (HealthMonitor monitor = monitor(LONG, probe("qdrant", this::look))) {
            monitor.start();
            assertThat(monitor.awaitFirstRound(LONG)).isTrue();
            assertThat(pauses.next()).isEqualTo(INTERVAL);
            assertThat(monitor.condition("qdrant").orElseThrow())
                    .isInstanceOfSatisfying(
                            Condition.Well.class,
                            well -> {
                                assertThat(well.details()).isEqualTo(DETAILS);
                                assertThat(well.checkedAt()).isEqualTo(now);
                            });
            assertThat(monitor.failure("qdrant")).isEmpty();
            assertThat(monitor.report().status()).isEqualTo(Status.HEALTHY);
            assertThat(monitor.condition("nobody")).isEmpty();
        }
    }

    @Test
    void looksOftenAtWhatFailsUntilItReturns() throws Exception {
        down = true;
        try (HealthMonitor monitor = monitor(LONG, probe("qdrant", this::look))) {
            monitor.start();
            assertThat(pauses.next()).isEqualTo(Duration.ofSeconds(5));
            assertThat(monitor.failure("qdrant")).contains(DOWN);
            assertThat(monitor.report().status()).isEqualTo(Status.DEGRADED);
            down = false;
            pauses.end();
            assertThat(pauses.next()).isEqualTo(INTERVAL);
            assertThat(monitor.failure("qdrant")).isEmpty();
            assertThat(looks).hasValue(2);
        }
    }

    @Test
    void looksNoLessOftenAtWhatFails() throws Exception {
        down = true;
        Duration often = Duration.ofSeconds(2);
        try (HealthMonitor monitor =
                monitor(LONG, new Probe("qdrant", "connected", often, this::look))) {
            monitor.start();
            assertThat(pauses.next()).isEqualTo(often);
        }
    }

    @Test
    void isUnhealthyWhenTwoFail() throws Exception {
        down = true;
        try (HealthMonitor monitor =
                monitor(LONG, probe("qdrant", this::look), probe("postgresql", this::look))) {
            monitor.start();
            assertThat(monitor.awaitFirstRound(LONG)).isTrue();
            assertThat(monitor.report().status()).isEqualTo(Status.UNHEALTHY);
            assertThat(monitor.report().failed()).containsExactly("qdrant", "postgresql");
        }
    }

    @Test
    void isStartingUntilEachProbeEnded() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        try (HealthMonitor monitor =
                monitor(
                        LONG,
                        probe("qdrant", this::look),
                        probe("postgresql", () -> waiting(release, new CountDownLatch(1))))) {
            assertThat(monitor.report().status()).isEqualTo(Status.STARTING);
            monitor.start();
            pauses.next();
            assertThat(monitor.awaitFirstRound(Duration.ZERO)).isFalse();
            assertThat(monitor.report().status()).isEqualTo(Status.STARTING);
            release.countDown();
            assertThat(monitor.awaitFirstRound(LONG)).isTrue();
            assertThat(monitor.report().status()).isEqualTo(Status.HEALTHY);
        }
    }

    @Test
    void interruptsAProbeThatIsTooSlow() throws Exception {
        CountDownLatch interrupted = new CountDownLatch(1);
        try (HealthMonitor monitor =
                monitor(
                        Duration.ofMillis(1),
                        probe("qdrant", () -> waiting(new CountDownLatch(1), interrupted)))) {
            monitor.start();
            assertThat(pauses.next()).isEqualTo(Duration.ofSeconds(5));
            Failure failure = monitor.failure("qdrant").orElseThrow();
            assertThat(failure.code()).isEqualTo(FailureCode.TIMEOUT);
            assertThat(failure.owner()).isEqualTo("qdrant did not answer within 0 s.");
            // A probe whose time is up before it begins is not interrupted; one of the next is.
            while (interrupted.getCount() > 0) {
                pauses.end();
                pauses.next();
            }
        }
    }

    @Test
    void goesOnWhenAProbeBreaks() throws Exception {
        try (HealthMonitor monitor =
                monitor(
                        LONG,
                        probe(
                                "qdrant",
                                () -> {
                                    if (looks.incrementAndGet() == 1) {
                                        throw new StackOverflowError("a bug");
                                    }
                                    return DETAILS;
                                }))) {
            monitor.start();
            pauses.next();
            assertThat(monitor.failure("qdrant").orElseThrow().owner())
                    .isEqualTo("The check of qdrant itself broke.");
            pauses.end();
            pauses.next();
            assertThat(monitor.failure("qdrant")).isEmpty();
        }
    }

    @Test
    void sparesTheNextProbeOfWhatHasJustWorked() throws Exception {
        try (HealthMonitor monitor = monitor(LONG, probe("qdrant", this::look))) {
            monitor.start();
            pauses.next();
            now = now.plus(Duration.ofSeconds(59));
            monitor.proven("qdrant");
            now = now.plus(Duration.ofSeconds(1));
            pauses.end();
            pauses.next();
            assertThat(looks).hasValue(1);
            now = now.plus(INTERVAL);
            pauses.end();
            pauses.next();
            assertThat(looks).hasValue(2);
        }
    }

    @Test
    void sparesNoProbeOfWhatFails() throws Exception {
        down = true;
        try (HealthMonitor monitor = monitor(LONG, probe("qdrant", this::look))) {
            monitor.start();
            pauses.next();
            monitor.proven("qdrant");
            pauses.end();
            pauses.next();
            assertThat(looks).hasValue(2);
        }
    }

    @Test
    void looksAgainAtOnceWhenToldSo() throws Exception {
        try (HealthMonitor monitor =
                monitor(LONG, probe("qdrant", this::look), probe("postgresql", () -> DETAILS))) {
            monitor.start();
            pauses.next();
            pauses.next();
            down = true;
            monitor.recheck("qdrant");
            while (monitor.failure("qdrant").isEmpty()) {
                Thread.onSpinWait();
            }
            assertThat(monitor.report().failed()).containsExactly("qdrant");
            assertThat(looks).hasValue(2);
        }
    }

    @Test
    void endsProbesAndPausesWhenItIsClosed() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch interrupted = new CountDownLatch(1);
        HealthMonitor monitor =
                monitor(
                        LONG,
                        probe("qdrant", this::look),
                        probe(
                                "postgresql",
                                () -> {
                                    begun.countDown();
                                    return waiting(new CountDownLatch(1), interrupted);
                                }));
        monitor.start();
        pauses.next();
        begun.await();
        monitor.close();
        interrupted.await();
        pauses.interrupted.await();
        assertThat(looks).hasValue(1);
    }

    private HealthMonitor monitor(Duration timeout, Probe... probes) {
        return new HealthMonitor(List.of(probes), timeout, () -> now, pauses);
    }

    private static Probe probe(String name, Supplier<Map<String, Object>> check) {
        return new Probe(name, "connected", INTERVAL, check);
    }

    private Map<String, Object> look() {
        looks.incrementAndGet();
        if (down) {
            throw new DependencyException(DOWN);
        }
        return DETAILS;
    }

    private static Map<String, Object> waiting(CountDownLatch release, CountDownLatch interrupted) {
        try {
            release.await();
            return DETAILS;
        } catch (InterruptedException e) {
            interrupted.countDown();
            throw new IllegalStateException(e);
        }
    }

    /** Lasts until the test ends it. */
    private static final class Pauses implements Sleeper {
        private final BlockingQueue<Duration> begun = new LinkedBlockingQueue<>();
        private final Semaphore over = new Semaphore(0);
        private final CountDownLatch interrupted = new CountDownLatch(1);

        @Override
        public void sleep(Duration pause) throws InterruptedException {
            begun.add(pause);
            try {
                over.acquire();
            } catch (InterruptedException e) {
                interrupted.countDown();
                throw e;
            }
        }

        /** Waits until one begins, which is after what was found is known. */
        Duration next() throws InterruptedException {
            return begun.take();
        }

        void end() {
            over.release();
        }
    }
}
