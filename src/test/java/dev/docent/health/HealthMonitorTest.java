package dev.docent.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.docent.failure.DependencyException;
import dev.docent.failure.Diagnosis;
import dev.docent.failure.Failure;
import dev.docent.failure.Failure.Nature;
import dev.docent.failure.FailureCode;
import dev.docent.health.HealthReport.Status;
import dev.docent.health.Probe.Trial;
import dev.docent.waiting.Sleeper;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
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
                    Diagnosis.QDRANT_UNREACHABLE,
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
    void looksBeforeItsTimeAtWhatDoesNotSeemToBeThere() throws Exception {
        AtomicBoolean there = new AtomicBoolean(true);
        AtomicInteger glances = new AtomicInteger();
        Duration often = Duration.ofSeconds(7);
        Probe asleep =
                probe("postgres", this::look)
                        .with(
                                new Probe.Glance(
                                        () -> {
                                            glances.incrementAndGet();
                                            return there.get();
                                        },
                                        often));
        try (HealthMonitor monitor = monitor(LONG, asleep)) {
            monitor.start();
            assertThat(pauses.next()).isEqualTo(often);
            pauses.end();
            assertThat(pauses.next()).isEqualTo(often);
            assertThat(glances).hasValue(1);
            assertThat(looks).hasValue(1);

            // A look decides, also where the glance was wrong.
            there.set(false);
            pauses.end();
            assertThat(pauses.next()).isEqualTo(often);
            assertThat(looks).hasValue(2);
            assertThat(monitor.failure("postgres")).isEmpty();

            down = true;
            pauses.end();
            assertThat(pauses.next()).isEqualTo(Duration.ofSeconds(5));
            assertThat(monitor.failure("postgres")).contains(DOWN);

            down = false;
            there.set(true);
            pauses.end();
            assertThat(pauses.next()).isEqualTo(often);
            assertThat(monitor.failure("postgres")).isEmpty();

            // What seems to be there is looked at as rarely as ever.
            now = now.plus(INTERVAL);
            pauses.end();
            assertThat(pauses.next()).isEqualTo(often);
            assertThat(looks).hasValue(5);
        }
    }

    @Test
    void looksAlsoAfterTheMachinesClockWasSetBack() throws Exception {
        InstantSource setBack = () -> now.minus(Duration.ofHours(1));
        try (HealthMonitor monitor =
                new HealthMonitor(
                        List.of(probe("qdrant", this::look)), LONG, setBack, () -> now, pauses)) {
            monitor.start();
            pauses.next();
            monitor.succeeded("qdrant", "searches");
            down = true;
            now = now.plus(INTERVAL).plusSeconds(1);
            pauses.end();
            pauses.next();
            assertThat(monitor.failure("qdrant")).contains(DOWN);
            assertThat(monitor.condition("qdrant").orElseThrow().checkedAt())
                    .isEqualTo(setBack.instant());
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
            assertThat(failure.owner()).isEqualTo("qdrant did not answer within 1 ms.");
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
            monitor.succeeded("qdrant", "searches");
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
    void worksAgainWithTheFirstCallThatSucceeds() throws Exception {
        down = true;
        try (HealthMonitor monitor = monitor(LONG, probe("qdrant", this::look))) {
            monitor.start();
            pauses.next();
            now = now.plus(Duration.ofSeconds(1));
            monitor.succeeded("qdrant", "searches");
            assertThat(monitor.failure("qdrant")).isEmpty();
            assertThat(monitor.report().status()).isEqualTo(Status.HEALTHY);
            assertThat(looks).hasValue(1);
        }
    }

    @Test
    void failsWithACallAtOnceAndLooksOftenFromThenOn() throws Exception {
        Duration hour = Duration.ofHours(1);
        try (HealthMonitor monitor =
                monitor(LONG, new Probe("qdrant", "connected", hour, this::look))) {
            monitor.start();
            assertThat(pauses.next()).isEqualTo(hour);
            monitor.failed("qdrant", "searches", DOWN);
            assertThat(monitor.failure("qdrant")).contains(DOWN);
            assertThat(monitor.failureByLooks("qdrant")).isEmpty();
            assertThat(monitor.report().status()).isEqualTo(Status.DEGRADED);
            assertThat(looks).hasValue(1);
            assertThat(pauses.next()).isEqualTo(Duration.ofSeconds(5));
            monitor.succeeded("qdrant", "searches");
            assertThat(monitor.report().status()).isEqualTo(Status.HEALTHY);
        }
    }

    @Test
    void failsWhileCallsOfOneKindDo() throws Exception {
        try (HealthMonitor monitor =
                monitor(
                        LONG,
                        probe("gemini", this::look)
                                .with(Map.of("answers", trial(), "embeddings", trial())))) {
            monitor.start();
            pauses.next();
            monitor.failed("gemini", "answers", DOWN);
            now = now.plus(Duration.ofSeconds(1));
            monitor.succeeded("gemini", "embeddings");
            assertThat(monitor.failure("gemini")).contains(DOWN);
            monitor.succeeded("gemini", "answers");
            assertThat(monitor.failure("gemini")).isEmpty();
        }
    }

    @Test
    void triesACallThatFailedAfterAWhileAndThenLessAndLessOften() throws Exception {
        List<Instant> trials = new CopyOnWriteArrayList<>();
        Trial trial =
                new Trial(
                        () -> {
                            trials.add(now);
                            look();
                        },
                        Duration.ofSeconds(10));
        try (HealthMonitor monitor =
                monitor(LONG, probe("gemini", () -> DETAILS).with(Map.of("answers", trial)))) {
            monitor.start();
            pauses.next();
            Instant failed = now;
            down = true;
            monitor.failed("gemini", "answers", DOWN);
            for (int second = 0; second < 75; second += 5) {
                pauses.next();
                now = now.plus(Duration.ofSeconds(5));
                pauses.end();
            }
            pauses.next();
            assertThat(trials)
                    .containsExactly(
                            failed.plusSeconds(10), failed.plusSeconds(30), failed.plusSeconds(70));
            down = false;
            now = failed.plusSeconds(150);
            pauses.end();
            pauses.next();
            assertThat(monitor.failure("gemini")).isEmpty();
        }
    }

    @Test
    void waitsAsLongAsTheDependencyAsksBeforeItTriesACall() throws Exception {
        AtomicInteger trials = new AtomicInteger();
        Trial trial = new Trial(trials::incrementAndGet, Duration.ofSeconds(10));
        try (HealthMonitor monitor =
                monitor(LONG, probe("gemini", () -> DETAILS).with(Map.of("answers", trial)))) {
            monitor.start();
            pauses.next();
            monitor.failed("gemini", "answers", exhausted(Duration.ofHours(3)));
            pauses.next();
            now = now.plus(Duration.ofHours(2));
            pauses.end();
            pauses.next();
            assertThat(trials).hasValue(0);
            assertThat(monitor.failure("gemini")).isPresent();
            now = now.plus(Duration.ofHours(1));
            pauses.end();
            pauses.next();
            assertThat(trials).hasValue(1);
            assertThat(monitor.failure("gemini")).isEmpty();
        }
    }

    @Test
    void asksAPartOfThisProcessThatIsLateUntilItAnswers() throws Exception {
        try (HealthMonitor monitor =
                monitor(Duration.ofMillis(20), probe("h2", this::lateTwice).embedded())) {
            monitor.start();
            pauses.next();
            assertThat(looks).hasValue(3);
            assertThat(monitor.report().status()).isEqualTo(Status.HEALTHY);
        }
    }

    @Test
    void doesNotTakeOneLateLookForAnOutage() throws Exception {
        AtomicInteger late = new AtomicInteger();
        try (HealthMonitor monitor =
                monitor(
                        Duration.ofMillis(50),
                        probe(
                                "qdrant",
                                () -> {
                                    if (late.getAndDecrement() > 0) {
                                        waiting(new CountDownLatch(1), new CountDownLatch(1));
                                    }
                                    return DETAILS;
                                }))) {
            monitor.start();
            pauses.next();
            late.set(1);
            pauses.end();
            pauses.next();
            assertThat(monitor.failure("qdrant")).isEmpty();
            late.set(2);
            pauses.end();
            pauses.next();
            assertThat(monitor.failure("qdrant")).isPresent();
        }
    }

    @Test
    void keepsTheWordsOfAFailureWhenALookIsOnlyLate() throws Exception {
        down = true;
        CountDownLatch never = new CountDownLatch(1);
        try (HealthMonitor monitor =
                monitor(
                        Duration.ofMillis(50),
                        probe(
                                "qdrant",
                                () -> down ? look() : waiting(never, new CountDownLatch(1))))) {
            monitor.start();
            pauses.next();
            assertThat(monitor.failure("qdrant")).contains(DOWN);
            down = false;
            pauses.end();
            pauses.next();
            assertThat(monitor.failure("qdrant")).contains(DOWN);
        }
    }

    @Test
    void hasNoConditionWhileItIsPrepared() throws Exception {
        AtomicBoolean begun = new AtomicBoolean();
        try (HealthMonitor monitor =
                monitor(LONG, probe("lucene", this::look).prepared(this::look, begun::get))) {
            monitor.start();
            pauses.next();
            assertThat(monitor.condition("lucene")).isEmpty();
            assertThat(monitor.report().status()).isEqualTo(Status.STARTING);
            begun.set(true);
            monitor.recheck("lucene");
            assertThat(monitor.awaitWell(Duration.ofMinutes(1))).isTrue();
            assertThat(monitor.report().status()).isEqualTo(Status.HEALTHY);
        }
    }

    @Test
    void saysWhenAllIsWellForTheFirstTime() throws Exception {
        down = true;
        try (HealthMonitor monitor = monitor(LONG, probe("qdrant", this::look))) {
            monitor.start();
            pauses.next();
            Thread waiting = Thread.ofVirtual().start(() -> await(monitor));
            down = false;
            pauses.end();
            waiting.join();
            assertThat(monitor.report().status()).isEqualTo(Status.HEALTHY);
        }
    }

    @Test
    void isQuietWhenItIsClosedJustBeforeALook() {
        HealthMonitor monitor = monitor(LONG, probe("qdrant", this::look));
        monitor.close();
        monitor.start();
        monitor.recheck("qdrant");
        assertThat(looks).hasValue(0);
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
        return new HealthMonitor(List.of(probes), timeout, () -> now, () -> now, pauses);
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

    private Map<String, Object> lateTwice() {
        return looks.incrementAndGet() < 3
                ? waiting(new CountDownLatch(1), new CountDownLatch(1))
                : DETAILS;
    }

    private static Trial trial() {
        return new Trial(() -> {}, LONG);
    }

    private static Failure exhausted(Duration wait) {
        return new Failure(
                Diagnosis.GEMINI_DAY_USED_UP,
                FailureCode.QUOTA_EXCEEDED,
                Nature.EXHAUSTED,
                "Tomorrow.",
                "The quota is used up.",
                "Wait.",
                wait);
    }

    private static void await(HealthMonitor monitor) {
        try {
            assertThat(monitor.awaitWell(Duration.ofMinutes(1))).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
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
