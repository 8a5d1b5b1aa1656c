package dev.docent.http;

import dev.docent.resume.RunningAnswers;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Watches the open event streams: one thread calls {@link EventStream#tick} on each of them, and
 * permits bound their number. Thread-safe.
 */
final class StreamWatch implements AutoCloseable {
    private static final Duration TICK = Duration.ofMillis(100);

    private final Set<EventStream> streams = ConcurrentHashMap.newKeySet();
    private final RunningAnswers answers;
    private final Semaphore permits;
    private final int size;
    private volatile boolean draining;
    private final Thread ticker;

    StreamWatch(int maxReaders) {
        this.answers = new RunningAnswers(maxReaders);
        this.size = maxReaders;
        this.permits = new Semaphore(maxReaders);
        this.ticker = Thread.ofVirtual().name("stream-watch").start(this::run);
    }

    /** Takes a permit for one answer; {@link #release} gives it back. */
    void acquire() {
        if (draining) {
            throw HttpProblem.unavailable(
                    "The service is restarting; please ask again in a moment.",
                    Duration.ofSeconds(10));
        }
        if (!permits.tryAcquire()) {
            throw HttpProblem.unavailable(
                    "Too many questions are being answered right now; please ask again in a moment.",
                    Duration.ofSeconds(5));
        }
    }

    /** How many answers run. */
    int running() {
        return size - permits.availablePermits();
    }

    /** Whether no new answers are taken any more. */
    boolean draining() {
        return draining;
    }

    void release() {
        permits.release();
    }

    /** The answers that can be read on. */
    RunningAnswers answers() {
        return answers;
    }

    void add(EventStream stream) {
        streams.add(stream);
    }

    void remove(EventStream stream) {
        streams.remove(stream);
    }

    /**
     * Takes no new answers and waits for running ones; those that still run after the grace period
     * are ended.
     */
    void drain(Duration grace) throws InterruptedException {
        draining = true;
        Duration farewell = Duration.ofSeconds(2);
        if (!allEndWithin(grace.minus(farewell))) {
            answers.shutDown();
            streams.forEach(EventStream::shutDown);
            allEndWithin(farewell);
        }
    }

    @Override
    public void close() {
        ticker.interrupt();
    }

    private boolean allEndWithin(Duration limit) throws InterruptedException {
        boolean ended = permits.tryAcquire(size, limit.toMillis(), TimeUnit.MILLISECONDS);
        if (ended) {
            permits.release(size);
        }
        return ended;
    }

    private void run() {
        try {
            while (true) {
                Thread.sleep(TICK);
                long now = System.nanoTime();
                streams.forEach(stream -> stream.tick(now));
                answers.tick(now);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
