package dev.docent.resilience;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.docent.failure.DependencyException;
import dev.docent.failure.Diagnosis;
import dev.docent.failure.Failure;
import dev.docent.failure.Failure.Nature;
import dev.docent.failure.FailureCode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class BreakerTest {
    private static final Duration OPEN_FOR = Duration.ofSeconds(30);

    private Instant now = Instant.parse("2026-11-30T12:00:00Z");
    private int succeeded;
    private final List<Failure> failed = new ArrayList<>();
    private final Breaker breaker = breaker(10);

    @Test
    void passesCallsWhileItIsClosed() {
        assertThat(breaker.call(() -> "answer")).isEqualTo("answer");
        assertThat(succeeded).isEqualTo(1);
        assertThat(breaker.openFailure()).isEmpty();
    }

    @Test
    void passesTheFailureItselfOn() {
        DependencyException thrown = new DependencyException(down(null));
        assertThatThrownBy(() -> breaker.call(throwing(thrown))).isSameAs(thrown);
        assertThat(succeeded).isZero();
        assertThat(failed).containsExactly(down(null));
    }

    @Test
    void tellsOfRejectionsOnlyIfThreeCameInARow() {
        Failure empty = failure(Nature.REQUEST_REJECTED, null);
        fail(2, empty);
        succeed(1);
        fail(2, empty);
        assertThat(failed).isEmpty();
        fail(1, empty);
        assertThat(failed).containsExactly(empty);
    }

    @Test
    void doesNotTellOfWhatReadersCanCause() {
        fail(
                9,
                new Failure(
                        Diagnosis.GEMINI_BLOCKED,
                        FailureCode.BLOCKED,
                        Nature.REQUEST_REJECTED,
                        "No.",
                        "Blocked.",
                        "None."));
        assertThat(failed).isEmpty();
    }

    @Test
    void tellsOfNoSuccessWhileItIsOpen() {
        breaker.call(() -> {
            fail(5, down(null));
            return "an answer that began before";
        });
        assertThat(succeeded).isZero();
        assertThat(failed).hasSize(5);
    }

    @Test
    void opensWhenFiveCallsFailed() {
        fail(4, down(null));
        assertThat(breaker.openFailure()).isEmpty();
        fail(1, down(null));
        assertThat(breaker.openFailure()).isPresent();
        assertThat(failed).hasSize(5);
    }

    @Test
    void opensWhenHalfOfTheLastTenFailed() {
        succeed(6);
        fail(4, down(null));
        assertThat(breaker.openFailure()).isEmpty();
        fail(1, down(null));
        assertThat(breaker.openFailure()).isPresent();
    }

    @Test
    void callsNobodyWhileItIsOpen() {
        fail(5, down(null));
        assertThatThrownBy(() ->
                        breaker.call(() -> {
                            throw new AssertionError("must not be called");
                        }))
                .isInstanceOfSatisfying(
                        DependencyException.class,
                        e -> {
                            assertThat(e.failure()).isEqualTo(down(OPEN_FOR));
                            assertThat(e.known()).isTrue();
                        });
        assertThat(succeeded).isZero();
        assertThat(failed).hasSize(5);
    }

    @Test
    void asksForAsMuchPatienceAsItStaysOpen() {
        fail(5, down(null));
        assertThat(breaker.openFailure()).contains(down(OPEN_FOR));
        pass(Duration.ofSeconds(10));
        assertThat(breaker.openFailure()).contains(down(Duration.ofSeconds(20)));
        pass(Duration.ofMillis(19_999));
        assertThat(breaker.openFailure()).contains(down(Duration.ofSeconds(1)));
    }

    @Test
    void asksForMoreWhereTheDependencyDoes() {
        fail(5, down(Duration.ofMinutes(2)));
        assertThat(breaker.openFailure()).contains(down(Duration.ofMinutes(2)));
    }

    @Test
    void asksForNoLessThanItStaysOpen() {
        fail(5, down(Duration.ofSeconds(3)));
        assertThat(breaker.openFailure()).contains(down(OPEN_FOR));
    }

    @Test
    void closesWhenTheFirstCallAfterwardsSucceeds() {
        fail(5, down(null));
        pass(OPEN_FOR.plusMillis(1));
        assertThat(breaker.openFailure()).isEmpty();
        succeed(1);
        fail(4, down(null));
        assertThat(breaker.openFailure()).isEmpty();
        assertThat(succeeded).isEqualTo(1);
        assertThat(failed).hasSize(9);
    }

    @Test
    void opensAgainWhenTheFirstCallAfterwardsFails() {
        fail(5, down(null));
        pass(OPEN_FOR.plusMillis(1));
        fail(1, down(null));
        assertThat(breaker.openFailure()).contains(down(OPEN_FOR));
        assertThat(failed).hasSize(6);
    }

    @Test
    void passesOneCallAtATimeUntilItIsKnownToWork() {
        fail(5, down(null));
        pass(OPEN_FOR.plusMillis(1));
        String answer =
                breaker.call(() -> {
                    assertThatThrownBy(() -> breaker.call(() -> "second"))
                            .isInstanceOfSatisfying(
                                    DependencyException.class,
                                    e ->
                                            assertThat(e.failure())
                                                    .isEqualTo(down(Duration.ofSeconds(1))));
                    return "first";
                });
        assertThat(answer).isEqualTo("first");
        assertThat(breaker.call(() -> "third")).isEqualTo("third");
    }

    @Test
    void triesAgainWhenTheFirstCallAfterwardsWasCancelled() {
        fail(5, down(null));
        pass(OPEN_FOR.plusMillis(1));
        throwOften(1, new CancellationException("the reader left"));
        assertThat(breaker.call(() -> "answer")).isEqualTo("answer");
    }

    @Test
    void countsNeitherARejectedRequestNorACancellationNorABug() {
        fail(4, down(null));
        throwOften(20, new DependencyException(failure(Nature.REQUEST_REJECTED, null)));
        throwOften(20, new CancellationException("the reader left"));
        throwOften(20, new IllegalStateException("a bug"));
        assertThat(breaker.openFailure()).isEmpty();
        assertThat(succeeded).isZero();
        fail(1, down(null));
        assertThat(breaker.openFailure()).contains(down(OPEN_FOR));
    }

    @Test
    void namesTheFailureThatOpenedIt() {
        fail(4, down(null));
        fail(1, failure(Nature.EXHAUSTED, null));
        pass(OPEN_FOR.plusMillis(1));
        throwOften(1, new DependencyException(failure(Nature.REQUEST_REJECTED, null)));
        fail(1, failure(Nature.MISCONFIGURED, null));
        assertThat(breaker.openFailure()).contains(failure(Nature.MISCONFIGURED, OPEN_FOR));
    }

    @Test
    void refusesMoreCallsThanItMayHaveAtOnce() {
        Breaker narrow = breaker(1);
        Failure busy =
                new Failure(
                        Diagnosis.BUSY,
                        FailureCode.OVERLOADED,
                        Nature.REQUEST_REJECTED,
                        "Too many questions are being answered right now; please ask again in a"
                                + " moment.",
                        "qdrant: 1 calls are under way, and none ended within 0 ms.",
                        "Nothing to do if it is rare; otherwise look whether it has become slow.",
                        Duration.ofSeconds(5));
        for (int i = 0; i < 20; i++) {
            narrow.call(() -> {
                assertThatThrownBy(() -> narrow.call(() -> "second"))
                        .isInstanceOfSatisfying(
                                DependencyException.class,
                                e -> assertThat(e.failure()).isEqualTo(busy));
                return "first";
            });
        }
        assertThat(narrow.openFailure()).isEmpty();
    }

    @Test
    void makesRoomAgainAfterAFailure() {
        Breaker narrow = breaker(1);
        assertThatThrownBy(() -> narrow.call(throwing(new IllegalStateException("a bug"))))
                .hasMessage("a bug");
        assertThat(narrow.call(() -> "answer")).isEqualTo("answer");
    }

    @Test
    void endsTheWaitForRoomWithAnInterrupt() {
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> breaker.call(() -> "answer"))
                .isInstanceOf(CancellationException.class);
        assertThat(Thread.interrupted()).isTrue();
        assertThat(breaker.call(() -> "answer")).isEqualTo("answer");
    }

    private Breaker breaker(int maxConcurrent) {
        return new Breaker(
                "qdrant",
                new Breaker.Settings(OPEN_FOR, maxConcurrent, Duration.ZERO),
                () -> now,
                new BreakerListener() {
                    @Override
                    public void succeeded() {
                        succeeded++;
                    }

                    @Override
                    public void failed(Failure failure) {
                        failed.add(failure);
                    }
                });
    }

    private void pass(Duration time) {
        now = now.plus(time);
    }

    private void succeed(int times) {
        for (int i = 0; i < times; i++) {
            breaker.call(() -> "answer");
        }
    }

    private void fail(int times, Failure failure) {
        throwOften(times, new DependencyException(failure));
    }

    private void throwOften(int times, RuntimeException thrown) {
        for (int i = 0; i < times; i++) {
            assertThatThrownBy(() -> breaker.call(throwing(thrown))).isSameAs(thrown);
        }
    }

    private static Supplier<String> throwing(RuntimeException thrown) {
        return () -> {
            throw thrown;
        };
    }

    private static Failure down(@Nullable Duration retryAfter) {
        return failure(Nature.UNAVAILABLE, retryAfter);
    }

    private static Failure failure(Nature nature, @Nullable Duration retryAfter) {
        return new Failure(
                Diagnosis.QDRANT_FAILED,
                FailureCode.RETRIEVAL_FAILED,
                nature,
                "The search is not available.",
                "Qdrant is " + nature + ".",
                "Look at it.",
                retryAfter);
    }
}
