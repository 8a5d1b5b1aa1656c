package dev.docent.gemini;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;

class WatchTest {
    private static final Deadline FAR = Deadline.in(Duration.ofHours(1), System::nanoTime);
    private static final int MANY = 10_000;

    @Test
    void setsNoTimerForEachTokenAndLeavesNoneBehind() throws IOException {
        long before = timers();
        for (int call = 0; call < MANY; call++) {
            try (Watch watch = new Watch(FAR)) {
                watch.limit(FAR, Duration.ofMinutes(1).toNanos());
                assertThat(watch.during(() -> "a token")).isEqualTo("a token");
            }
        }
        try (Watch watch = new Watch(FAR)) {
            for (int token = 0; token < MANY; token++) {
                watch.limit(FAR, Duration.ofMinutes(1).toNanos());
            }
            // What else runs beside this test may set some.
            assertThat(timers() - before).isLessThan(MANY / 10);
        }
    }

    @Test
    void aShorterLimitEndsTheWaitThatFollows() {
        try (Watch watch = new Watch(FAR)) {
            watch.limit(FAR, Duration.ofMillis(1).toNanos());
            FutureTask<String> reading = new FutureTask<>(() -> watch.during(WatchTest::hang));
            Thread.startVirtualThread(reading);
            assertThatThrownBy(reading::get).hasCauseInstanceOf(SocketTimeoutException.class);
        }
    }

    private static String hang() throws IOException {
        try {
            new CountDownLatch(1).await();
            return "never";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    private static long timers() {
        return ForkJoinPool.commonPool().getDelayedTaskCount();
    }
}
