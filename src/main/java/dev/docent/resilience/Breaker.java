package dev.docent.resilience;

import dev.docent.failure.DependencyException;
import dev.docent.failure.Diagnosis;
import dev.docent.failure.Failure;
import dev.docent.failure.Failure.Nature;
import dev.docent.failure.FailureCode;
import dev.docent.waiting.Interrupts;
import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The circuit breaker before one dependency, which also bounds the number of concurrent calls.
 * While it is closed, calls pass; after half of the last calls failed it opens, and no call passes
 * for a while. A call that does not pass fails with a {@link DependencyException}: with the failure
 * that opened the breaker, or with one that says that the dependency is busy. Failures of nature
 * {@link Nature#REQUEST_REJECTED}, cancellations and bugs count neither as success nor as failure.
 * The states are those of resilience4j. Thread-safe.
 */
public final class Breaker {
    private static final Logger LOG = LoggerFactory.getLogger("breaker");
    private static final int WINDOW = 10;
    private static final int LEAST_CALLS = 5;

    /** So many rejected requests in a row are no coincidence. */
    private static final int REJECTIONS = 3;

    private final String name;
    private final Settings settings;
    private final InstantSource clock;
    private final BreakerListener listener;
    private final CircuitBreaker breaker;
    private final Semaphore permits;
    private final AtomicInteger rejections = new AtomicInteger();
    private final AtomicInteger refused = new AtomicInteger();
    private volatile @Nullable Failure last;
    private volatile Instant openedAt = Instant.MIN;

    /**
     * When calls pass.
     *
     * @param openFor how long the breaker stays open
     * @param maxConcurrent the most calls at the same time
     * @param maxWait how long a call may wait for its turn
     */
    public record Settings(Duration openFor, int maxConcurrent, Duration maxWait) {}

    /**
     * Starts closed.
     *
     * @param name what the owner calls the dependency
     */
    public Breaker(String name, Settings settings, InstantSource clock, BreakerListener listener) {
        this.name = name;
        this.settings = settings;
        this.clock = clock;
        this.listener = listener;
        this.permits = new Semaphore(settings.maxConcurrent());
        this.breaker =
                CircuitBreaker.of(
                        name,
                        CircuitBreakerConfig.custom()
                                .slidingWindowSize(WINDOW)
                                .minimumNumberOfCalls(LEAST_CALLS)
                                .permittedNumberOfCallsInHalfOpenState(1)
                                .waitDurationInOpenState(settings.openFor())
                                .clock(clock.withZone(ZoneOffset.UTC))
                                .recordException(Breaker::counts)
                                .ignoreException(thrown -> !counts(thrown))
                                .build());
        breaker.getEventPublisher()
                .onStateTransition(event -> {
                    State now = event.getStateTransition().getToState();
                    if (now == State.OPEN) {
                        openedAt = clock.instant();
                    }
                    tell(now, event.getStateTransition().getFromState());
                });
    }

    /** Why no call passes now: the failure that opened the breaker; empty unless it is open. */
    public Optional<Failure> openFailure() {
        Failure failure = last;
        boolean open =
                breaker.getState() == State.OPEN
                        && clock.instant().isBefore(openedAt.plus(settings.openFor()));
        return failure == null || !open ? Optional.empty() : Optional.of(whileOpen(failure));
    }

    /**
     * Makes a call if it may pass.
     *
     * @throws DependencyException also when it may not
     */
    public <T> T call(Supplier<T> work) {
        Optional<Failure> known = openFailure();
        if (known.isPresent()) {
            refused.incrementAndGet();
            throw DependencyException.known(known.get());
        }
        enter();
        try {
            T result = breaker.executeSupplier(() -> noting(work));
            rejections.set(0);
            if (openFailure().isEmpty()) {
                listener.succeeded();
            }
            return result;
        } catch (CallNotPermittedException e) {
            refused.incrementAndGet();
            Failure failure = last;
            throw DependencyException.known(failure == null ? busy() : whileOpen(failure));
        } finally {
            permits.release();
        }
    }

    /** Notes a failure before the breaker hears of it, which may open it. */
    private <T> T noting(Supplier<T> work) {
        try {
            return work.get();
        } catch (DependencyException e) {
            Failure failure = e.failure();
            if (counts(e)) {
                last = failure;
            }
            if (counts(e) || (telling(failure) && rejections.incrementAndGet() >= REJECTIONS)) {
                listener.failed(failure);
            }
            throw e;
        }
    }

    /** Whether a rejection says something about the dependency: readers can cause the others. */
    private static boolean telling(Failure failure) {
        return failure.code() != FailureCode.BLOCKED && failure.code() != FailureCode.SHUTTING_DOWN;
    }

    private void tell(State now, State before) {
        Failure failure = last;
        if (now == State.OPEN && before == State.CLOSED) {
            LOG.warn(
                    "{} is not asked for {} s at a time until it works again: {}",
                    name,
                    settings.openFor().toSeconds(),
                    failure == null ? "" : failure.briefly());
        } else if (now == State.CLOSED) {
            LOG.info(
                    "{} is asked again; {} calls were refused meanwhile",
                    name,
                    refused.getAndSet(0));
        }
    }

    private void enter() {
        try {
            if (!permits.tryAcquire(settings.maxWait().toMillis(), TimeUnit.MILLISECONDS)) {
                throw new DependencyException(busy());
            }
        } catch (InterruptedException e) {
            throw Interrupts.cancelled("waiting was interrupted", e);
        }
    }

    private static boolean counts(Throwable thrown) {
        return thrown instanceof DependencyException failed
                && failed.failure().nature() != Nature.REQUEST_REJECTED;
    }

    /** The same failure, with a retry time that is not shorter than the breaker stays open. */
    private Failure whileOpen(Failure failure) {
        Duration left = Duration.between(clock.instant(), openedAt.plus(settings.openFor()));
        Duration least = left.compareTo(Duration.ofSeconds(1)) < 0 ? Duration.ofSeconds(1) : left;
        Duration wait = failure.retryAfter().filter(own -> own.compareTo(least) > 0).orElse(least);
        return new Failure(
                failure.diagnosis(),
                failure.code(),
                failure.nature(),
                failure.reader(),
                failure.owner(),
                failure.action(),
                wait);
    }

    private Failure busy() {
        return new Failure(
                Diagnosis.BUSY,
                FailureCode.OVERLOADED,
                Nature.REQUEST_REJECTED,
                "Too many questions are being answered right now; please ask again in a moment.",
                "%s: %d calls are under way, and none ended within %d ms."
                        .formatted(name, settings.maxConcurrent(), settings.maxWait().toMillis()),
                "Nothing to do if it is rare; otherwise look whether it has become slow.",
                Duration.ofSeconds(5));
    }
}
