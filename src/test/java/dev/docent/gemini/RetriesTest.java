package dev.docent.gemini;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.docent.failure.DependencyException;
import dev.docent.failure.Diagnosis;
import dev.docent.failure.Failure;
import dev.docent.failure.Failure.Nature;
import dev.docent.failure.FailureCode;
import dev.docent.waiting.Sleeper;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RetriesTest {
    private final List<Duration> slept = new ArrayList<>();
    private long now;
    private final Sleeper sleeper =
            time -> {
                slept.add(time);
                now += time.toNanos();
            };
    private final Retries retries = new Retries(sleeper, new Random(1));

    @Test
    void waitsLongerEachTimeAndNeverAlike() {
        assertThat(run(Duration.ofSeconds(10), overloaded(null), overloaded(null)))
                .isEqualTo("done");
        assertThat(slept.get(0)).isBetween(Duration.ofMillis(200), Duration.ofMillis(400));
        assertThat(slept.get(1)).isBetween(Duration.ofMillis(400), Duration.ofMillis(800));
    }

    @Test
    void givesUpAfterThreeTries() {
        assertThatThrownBy(() ->
                        run(
                                Duration.ofSeconds(10),
                                overloaded(null),
                                overloaded(null),
                                overloaded(null)))
                .isInstanceOf(DependencyException.class);
        assertThat(slept).hasSize(2);
    }

    @Test
    void waitsAsLongAsGeminiAsksWhenThatFits() {
        assertThat(run(Duration.ofSeconds(10), quota(Duration.ofSeconds(4)))).isEqualTo("done");
        assertThat(slept.getFirst()).isBetween(Duration.ofMillis(4200), Duration.ofMillis(4400));
    }

    @Test
    void failsAtOnceWhenTheWaitDoesNotFit() {
        assertThatThrownBy(() -> run(Duration.ofSeconds(4), quota(Duration.ofSeconds(4))))
                .isInstanceOf(DependencyException.class);
        assertThat(slept).isEmpty();
    }

    /** A 429 that names no time often passes within a second; Google's own clients repeat it. */
    @Test
    void repeatsAfterAQuotaThatNamesNoTime() {
        assertThat(run(Duration.ofSeconds(60), quota(null))).isEqualTo("done");
        assertThat(slept).hasSize(1);
    }

    @Test
    void endsTheWaitOnAnInterrupt() {
        Retries interrupted =
                new Retries(
                        time -> {
                            throw new InterruptedException();
                        },
                        new Random(1));
        Queue<Failure> failures = new ArrayDeque<>(List.of(overloaded(null)));
        assertThatThrownBy(() ->
                        interrupted.run(
                                Deadline.in(Duration.ofSeconds(9), () -> now),
                                () -> true,
                                () -> answer(failures)))
                .isInstanceOf(CancellationException.class);
        assertThat(Thread.interrupted()).isTrue();
    }

    private String run(Duration time, Failure... before) {
        Queue<Failure> failures = new ArrayDeque<>(List.of(before));
        return retries.run(Deadline.in(time, () -> now), () -> true, () -> answer(failures));
    }

    private static String answer(Queue<Failure> failures) {
        Failure failure = failures.poll();
        if (failure != null) {
            throw new GeminiFailed(failure);
        }
        return "done";
    }

    private static Failure overloaded(@Nullable Duration after) {
        return new Failure(
                Diagnosis.GEMINI_OVERLOADED,
                FailureCode.OVERLOADED,
                Nature.UNAVAILABLE,
                "Busy.",
                "Busy.",
                "Wait.",
                after);
    }

    private static Failure quota(@Nullable Duration after) {
        return new Failure(
                Diagnosis.GEMINI_MINUTE_USED_UP,
                FailureCode.QUOTA_EXCEEDED,
                Nature.UNAVAILABLE,
                "Busy.",
                "Busy.",
                "Wait.",
                after);
    }
}
