package dev.docent.chat;

import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Lets another thread end the work on an answer. Only work within {@link #during} is interrupted,
 * so that storing the answer is not. Thread-safe; works once.
 */
public final class Cancellation {

    /** Why an answer is ended early. */
    public enum Reason {
        READER_LEFT,
        STOPPED,
        DEADLINE,
        SHUTDOWN
    }

    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable Reason reason;
    private @Nullable Thread worker;

    /** Ends the work; a second call changes nothing. */
    public void cancel(Reason why) {
        lock.lock();
        try {
            if (reason == null) {
                reason = why;
                if (worker != null) {
                    worker.interrupt();
                }
            }
        } finally {
            lock.unlock();
        }
    }

    /** Why the work was ended; empty if it was not. */
    public Optional<Reason> reason() {
        lock.lock();
        try {
            return Optional.ofNullable(reason);
        } finally {
            lock.unlock();
        }
    }

    /**
     * Runs work that {@link #cancel} interrupts.
     *
     * @throws CancellationException when it was cancelled, before or meanwhile
     */
    <T> T during(Supplier<T> work) {
        expose();
        try {
            return work.get();
        } catch (RuntimeException e) {
            if (reason().isPresent()) {
                throw cancelled(e);
            }
            throw e;
        } finally {
            cover();
        }
    }

    /**
     * Runs a part of the work within {@link #during} that must not be interrupted, since an
     * interrupt would break more than this answer.
     *
     * @throws CancellationException when it was cancelled, before or meanwhile
     */
    void shielded(Runnable part) {
        cover();
        try {
            part.run();
        } finally {
            expose();
        }
    }

    private void expose() {
        lock.lock();
        try {
            if (reason != null) {
                throw cancelled(null);
            }
            worker = Thread.currentThread();
        } finally {
            lock.unlock();
        }
    }

    private void cover() {
        lock.lock();
        try {
            worker = null;
            if (reason != null) {
                Thread.interrupted(); // the interrupt was ours and has ended the work
            }
        } finally {
            lock.unlock();
        }
    }

    private CancellationException cancelled(@Nullable Throwable cause) {
        CancellationException cancelled = new CancellationException("the answer was cancelled");
        if (cause != null) {
            cancelled.initCause(cause);
        }
        return cancelled;
    }
}
