package dev.docent.waiting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.docent.waiting.TimeLimit.Leftover;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(30)
class TimeLimitTest {
    private static final Duration SHORT = Duration.ofMillis(1);
    private static final Duration LONG = Duration.ofMinutes(1);

    private final ExecutorService threads = Executors.newSingleThreadExecutor();
    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch release = new CountDownLatch(1);
    private final CountDownLatch interrupted = new CountDownLatch(1);

    @AfterEach
    void end() {
        threads.shutdownNow();
    }

    @ParameterizedTest
    @EnumSource
    void givesTheResultThatIsThereInTime(Leftover leftover) throws Exception {
        assertThat(new TimeLimit(LONG, leftover).await(threads.submit(() -> "done")))
                .isEqualTo("done");
    }

    @Test
    void throwsWhatTheWorkThrewAsTheCause() {
        IllegalStateException broken = new IllegalStateException("broken");
        Future<String> work =
                threads.submit(() -> {
                    throw broken;
                });
        assertThatThrownBy(() -> new TimeLimit(LONG, Leftover.INTERRUPT).await(work))
                .isInstanceOf(ExecutionException.class)
                .cause()
                .isSameAs(broken);
    }

    @Test
    void interruptsWorkThatTakesTooLong() throws Exception {
        Future<String> work = begin();
        assertThatThrownBy(() -> new TimeLimit(SHORT, Leftover.INTERRUPT).await(work))
                .isInstanceOf(TimeoutException.class);
        interrupted.await();
        assertThat(work.isCancelled()).isTrue();
    }

    @Test
    void interruptsTheWorkWhenTheCallerIsInterrupted() throws Exception {
        Future<String> work = begin();
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> new TimeLimit(LONG, Leftover.INTERRUPT).await(work))
                .isInstanceOf(CancellationException.class)
                .hasMessage("waiting was interrupted")
                .hasCauseInstanceOf(InterruptedException.class);
        assertThat(Thread.interrupted()).isTrue();
        interrupted.await();
    }

    @Test
    void dropsWorkWithoutAnInterruptOfItsThread() throws Exception {
        Future<String> begunWork = begin();
        Future<String> waiting = threads.submit(() -> "never");
        TimeLimit limit = new TimeLimit(SHORT, Leftover.DROP);
        assertThatThrownBy(() -> limit.await(begunWork)).isInstanceOf(TimeoutException.class);
        assertThatThrownBy(() -> limit.await(waiting)).isInstanceOf(TimeoutException.class);
        release.countDown();
        threads.shutdown();
        assertThat(threads.awaitTermination(20, TimeUnit.SECONDS)).isTrue();
        assertThat(interrupted.getCount()).isEqualTo(1);
        assertThat(begunWork.isCancelled()).isTrue();
        assertThat(waiting.isCancelled()).isTrue();
    }

    @Test
    void keepsWorkForThoseWhoComeLater() throws Exception {
        Future<String> work = begin();
        assertThatThrownBy(() -> new TimeLimit(SHORT, Leftover.KEEP).await(work))
                .isInstanceOf(TimeoutException.class);
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> new TimeLimit(LONG, Leftover.KEEP).await(work))
                .isInstanceOf(CancellationException.class);
        assertThat(Thread.interrupted()).isTrue();
        release.countDown();
        assertThat(new TimeLimit(LONG, Leftover.KEEP).await(work)).isEqualTo("done");
    }

    /** Work that is under way, and ends when it is released or interrupted. */
    private Future<String> begin() throws InterruptedException {
        Future<String> work =
                threads.submit(() -> {
                    begun.countDown();
                    try {
                        release.await();
                    } catch (InterruptedException e) {
                        interrupted.countDown();
                        throw e;
                    }
                    return "done";
                });
        begun.await();
        return work;
    }
}
