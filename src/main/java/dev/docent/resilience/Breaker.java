package dev.docent.resilience;

import dev.docent.failure.DependencyException;
import dev.docent.failure.Failure;
import dev.docent.failure.Failure.Nature;
import dev.docent.failure.FailureCode;
import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The gate before one dependency: it lets so many calls in at once, and none for a while after half
 * of the last ones failed. Who is not let in gets a {@link DependencyException} at once: with the
 * failure that closed the gate, or one that says that the dependency is busy. A failure of nature
 * {@link Nature#REFUSED}, a cancellation and a bug count neither way. Thread-safe.
 */
public final class Breaker {
    private static final int WINDOW = 10;
    private static final int LEAST_CALLS = 5;

    private final String name;
    private final Settings settings;
    private final InstantSource clock;
    private final Traffic traffic;
    private final CircuitBreaker breaker;
    private final Semaphore room;
    private volatile @Nullable Failure last;
    private volatile Instant brokeAt = Instant.MIN;

    /**
     * How a gate keeps.
     *
     * @param rest how long no call is made after too many failed
     * @param atOnce calls at the same time
     * @param patience how long a call waits to be one of these
     */
    public record Settings(Duration rest, int atOnce, Duration patience) {}

    /**
     * Opens the gate.
     *
     * @param name what the owner calls the dependency
     */
    public Breaker(String name, Settings settings, InstantSource clock, Traffic traffic) {
        this.name = name;
        this.settings = settings;
        this.clock = clock;
        this.traffic = traffic;
        this.room = new Semaphore(settings.atOnce());
        this.breaker =
                CircuitBreaker.of(
                        name,
                        CircuitBreakerConfig.custom()
                                .slidingWindowSize(WINDOW)
                                .minimumNumberOfCalls(LEAST_CALLS)
                                .permittedNumberOfCallsInHalfOpenState(1)
                                .waitDurationInOpenState(settings.rest())
                                .recordException(Breaker::counts)
                                .ignoreException(thrown -> !counts(thrown))
                                .build());
        breaker.getEventPublisher()
                .onStateTransition(event -> {
                    if (event.getStateTransition().getToState() == State.OPEN) {
                        brokeAt = clock.instant();
                        traffic.broke();
                    }
                });
    }

    /** Why no call is made now; empty while calls are made. */
    public Optional<Failure> closed() {
        Failure failure = last;
        boolean resting =
                breaker.getState() == State.OPEN
                        && clock.instant().isBefore(brokeAt.plus(settings.rest()));
        return failure == null || !resting ? Optional.empty() : Optional.of(withRest(failure));
    }

    <T> T call(Supplier<T> work) {
        Optional<Failure> known = closed();
        if (known.isPresent()) {
            throw new DependencyException(known.get());
        }
        enter();
        try {
            T result = breaker.executeSupplier(work);
            traffic.succeeded();
            return result;
        } catch (CallNotPermittedException e) {
            Failure failure = last;
            throw new DependencyException(failure == null ? busy() : withRest(failure), e);
        } catch (DependencyException e) {
            last = counts(e) ? e.failure() : last;
            throw e;
        } finally {
            room.release();
        }
    }

    private void enter() {
        try {
            if (!room.tryAcquire(settings.patience().toMillis(), TimeUnit.MILLISECONDS)) {
                throw new DependencyException(busy());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            CancellationException cancelled = new CancellationException("waiting was interrupted");
            cancelled.initCause(e);
            throw cancelled;
        }
    }

    private static boolean counts(Throwable thrown) {
        return thrown instanceof DependencyException failed
                && failed.failure().nature() != Nature.REFUSED;
    }

    /** The same failure; the reader is asked to wait at least as long as no call is made. */
    private Failure withRest(Failure failure) {
        Duration rest = Duration.between(clock.instant(), brokeAt.plus(settings.rest()));
        Duration least = rest.compareTo(Duration.ofSeconds(1)) < 0 ? Duration.ofSeconds(1) : rest;
        Duration wait = failure.retryAfter().filter(own -> own.compareTo(least) > 0).orElse(least);
        return new Failure(
                failure.code(),
                failure.nature(),
                failure.reader(),
                failure.owner(),
                failure.action(),
                wait);
    }

    private Failure busy() {
        return new Failure(
                FailureCode.OVERLOADED,
                Nature.REFUSED,
                "Too many questions are being answered right now; please ask again in a moment.",
                "%s: %d calls are under way, and none ended within %d ms."
                        .formatted(name, settings.atOnce(), settings.patience().toMillis()),
                "Nothing to do if it is rare; otherwise look whether it has become slow.",
                Duration.ofSeconds(5));
    }
}
