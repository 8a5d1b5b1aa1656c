package dev.docent.chat;

import dev.docent.failure.DependencyException;
import dev.docent.failure.Diagnosis;
import dev.docent.waiting.TimeLimit;
import dev.docent.waiting.TimeLimit.Leftover;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Stores exchanges in the background, so that a slow database delays readers only for a bounded
 * time, and the answer to a reader who left is stored, too. Thread-safe.
 */
final class Archive implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger("chat");

    /** How long the last event of an answer waits for its exchange to be stored. */
    private static final TimeLimit WAIT = new TimeLimit(Duration.ofSeconds(2), Leftover.KEEP);

    /** How many exchanges may wait for a slow database; further ones are not stored. */
    private static final int MOST_WAITING = 2000;

    private final Conversations conversations;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Semaphore room = new Semaphore(MOST_WAITING);

    Archive(Conversations conversations) {
        this.conversations = conversations;
    }

    /**
     * Stores an exchange; if that takes long, it continues in the background.
     *
     * @return whether it has been stored
     */
    boolean store(Exchange exchange) {
        Future<Boolean> storing =
                threads.submit(() -> attempt(() -> conversations.store(exchange), "the exchange"));
        try {
            return WAIT.await(storing);
        } catch (TimeoutException e) {
            LOG.warn(
                    "storing takes longer than {} ms; it goes on ({})",
                    WAIT.limit().toMillis(),
                    Diagnosis.DATABASE_LATE.code());
            return false;
        } catch (CancellationException e) {
            return false;
        } catch (ExecutionException e) {
            throw new IllegalStateException("attempt() catches what can go wrong", e);
        }
    }

    /** Records a question that was refused; nobody waits for it. */
    void recordUnanswered(String question, Instant askedAt) {
        threads.execute(() ->
                attempt(
                        () -> conversations.recordUnanswered(question, askedAt),
                        "an unanswered question"));
    }

    @Override
    public void close() {
        threads.shutdown();
        try {
            if (!threads.awaitTermination(5, TimeUnit.SECONDS)) {
                LOG.warn(
                        "some exchanges were not stored before the end ({})",
                        Diagnosis.STOPPING.code());
                threads.shutdownNow();
            }
        } catch (InterruptedException e) {
            threads.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }

    private boolean attempt(Runnable work, String what) {
        if (!room.tryAcquire()) {
            LOG.warn(
                    "{} was not stored: {} already wait ({})",
                    what,
                    MOST_WAITING,
                    Diagnosis.BUSY.code());
            return false;
        }
        try {
            work.run();
            return true;
        } catch (DependencyException e) {
            LOG.atLevel(e.known() ? Level.DEBUG : Level.WARN)
                    .log("{} was not stored: {}", what, e.failure().briefly());
            return false;
        } catch (RuntimeException e) {
            LOG.error("storing {} broke", what, e);
            return false;
        } finally {
            room.release();
        }
    }
}
