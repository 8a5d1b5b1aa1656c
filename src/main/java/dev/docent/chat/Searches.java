package dev.docent.chat;

import dev.docent.failure.DependencyException;
import dev.docent.failure.Diagnosis;
import dev.docent.failure.Failure;
import dev.docent.failure.FailureCode;
import dev.docent.waiting.TimeLimit;
import dev.docent.waiting.TimeLimit.Leftover;
import java.time.Duration;
import java.util.Comparator;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.PriorityBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * The threads that look for passages. They are few, and the operating system's, so that it divides
 * the processors between them and what else is to be answered: virtual threads are not preempted.
 * Who has a search waiting already comes after those who have none, so that one who asks without a
 * pause delays nobody else by more than the search that runs. Thread-safe.
 */
final class Searches implements AutoCloseable {
    /** How long one may wait and search. */
    private static final TimeLimit WAIT = new TimeLimit(Duration.ofSeconds(15), Leftover.DROP);

    /** As many readers may ask at once. */
    private static final int MOST_WAITING = 1000;

    /** How many searches without an answer may wait, beside the questions. */
    private static final int MOST_PLAIN = 16;

    /** From here on a reader's searches are equal, so that none of many waits for ever. */
    private static final int MOST_BEHIND = 4;

    private final ThreadPoolExecutor threads;
    private final Semaphore waiting = new Semaphore(MOST_WAITING);

    /** How many searches of a reader wait or run. */
    private final Map<String, Integer> pending = new ConcurrentHashMap<>();

    private final AtomicLong count = new AtomicLong();
    private final Semaphore plain = new Semaphore(MOST_PLAIN);

    Searches(int atOnce) {
        threads =
                new ThreadPoolExecutor(
                        atOnce,
                        atOnce,
                        10,
                        TimeUnit.SECONDS,
                        new PriorityBlockingQueue<>(),
                        Thread.ofPlatform().daemon().name("search-", 0).factory());
        threads.allowCoreThreadTimeOut(true);
    }

    /**
     * Searches for an answer.
     *
     * @param reader who asks; empty where that is not known
     * @throws DependencyException when too many wait, or what the search throws
     */
    <T> T forAnswer(String reader, Supplier<T> search) {
        @Nullable Map<String, String> context = MDC.getCopyOfContextMap();
        FutureTask<T> task =
                new FutureTask<>(() -> {
                    MDC.setContextMap(context == null ? Map.of() : context);
                    try {
                        return search.get();
                    } finally {
                        MDC.clear();
                    }
                });
        if (!waiting.tryAcquire()) {
            throw new DependencyException(busy());
        }
        int before = reader.isEmpty() ? 0 : pending.merge(reader, 1, Integer::sum) - 1;
        int others = Math.min(before, MOST_BEHIND);
        try {
            threads.execute(new Waiting(others, count.getAndIncrement(), task));
            return WAIT.await(task);
        } catch (RejectedExecutionException | TimeoutException e) {
            throw new DependencyException(busy(), e);
        } catch (ExecutionException e) {
            Throwable cause = Objects.requireNonNull(e.getCause());
            switch (cause) {
                case DependencyException failed ->
                        throw new DependencyException(failed.failure(), failed);
                case RuntimeException broken -> throw broken;
                case Error broken -> throw broken;
                default -> throw new IllegalStateException(cause);
            }
        } finally {
            waiting.release();
            pending.computeIfPresent(reader, (_, left) -> left > 1 ? left - 1 : null);
        }
    }

    /**
     * A search that waits.
     *
     * @param others searches of the same reader that were waiting or running before it, at most
     *     {@link #MOST_BEHIND}
     * @param number of those that came before it
     */
    private record Waiting(int others, long number, Runnable search)
            implements Runnable, Comparable<Waiting> {
        @Override
        public void run() {
            search.run();
        }

        @Override
        public int compareTo(Waiting other) {
            return Comparator.comparingInt(Waiting::others)
                    .thenComparingLong(Waiting::number)
                    .compare(this, other);
        }
    }

    /** Searches for its own sake; fewer of these may wait, so that questions find room. */
    <T> T plain(String reader, Supplier<T> search) {
        if (!plain.tryAcquire()) {
            throw new DependencyException(busy());
        }
        try {
            return forAnswer(reader, search);
        } finally {
            plain.release();
        }
    }

    /** How many searches wait, run, or have ended. */
    long taken() {
        return threads.getTaskCount();
    }

    @Override
    public void close() {
        threads.shutdown();
    }

    private Failure busy() {
        return new Failure(
                Diagnosis.BUSY,
                FailureCode.OVERLOADED,
                Failure.Nature.REQUEST_REJECTED,
                "Too many questions are being answered right now; please ask again in a moment.",
                "%d threads search, and none was free in time."
                        .formatted(threads.getMaximumPoolSize()),
                "Nothing to do if it is rare.",
                Duration.ofSeconds(5));
    }
}
