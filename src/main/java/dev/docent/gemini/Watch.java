package dev.docent.gemini;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Ends waits for the network that last too long, by interrupting the waiting thread. It must be
 * virtual: only there does an interrupt close the socket, see {@link java.net.Socket}. Waits do not
 * set a timer each, because there is one wait per token: when the timer fires, it checks how long
 * the current wait has lasted, and is set again for the rest.
 *
 * <p>One thread waits; other methods may be called by any thread.
 */
final class Watch implements AutoCloseable {
    private final ReentrantLock lock = new ReentrantLock();
    private Deadline until;
    private long quiet;
    private @Nullable ScheduledFuture<?> timer;
    private @Nullable Thread waiting;
    private long since;
    private boolean expired;
    private boolean closed;

    /** A wait for the network. */
    @FunctionalInterface
    interface Wait<T> {
        T get() throws IOException;
    }

    Watch(Deadline until) {
        this.until = until;
        this.quiet = until.nanos();
        look();
    }

    /**
     * Limits the waits that follow.
     *
     * @param until by when the last of them must end
     * @param quiet the longest single wait, in nanoseconds
     */
    void limit(Deadline until, long quiet) {
        lock.lock();
        try {
            if (quiet != this.quiet || !until.equals(this.until)) {
                this.until = until;
                this.quiet = quiet;
                look();
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits.
     *
     * @throws SocketTimeoutException when it took too long
     */
    <T> T during(Wait<T> wait) throws IOException {
        begin();
        T result;
        try {
            result = wait.get();
        } catch (IOException e) {
            if (end()) {
                throw late(e);
            }
            throw e;
        } catch (RuntimeException | Error e) {
            end();
            throw e;
        }
        if (end()) {
            throw late(null);
        }
        return result;
    }

    private void begin() throws SocketTimeoutException {
        lock.lock();
        try {
            if (expired) {
                throw late(null);
            }
            since = System.nanoTime();
            waiting = Thread.currentThread();
        } finally {
            lock.unlock();
        }
    }

    /** Ends the wait; whether it took too long. */
    private boolean end() {
        lock.lock();
        try {
            waiting = null;
            if (expired) {
                Thread.interrupted(); // the interrupt was ours and has ended the wait
            }
            return expired;
        } finally {
            lock.unlock();
        }
    }

    /** Ends a wait that has lasted too long, or looks again when it might have. */
    private void look() {
        lock.lock();
        try {
            stopTimer();
            if (closed) {
                return;
            }
            long soonest = waiting == null ? quiet : quiet - (System.nanoTime() - since);
            long left = Math.min(soonest, until.nanos());
            if (left > 0) {
                timer = ForkJoinPool.commonPool().schedule(this::look, left, TimeUnit.NANOSECONDS);
                return;
            }
            expired = true;
            if (waiting != null) {
                waiting.interrupt();
            }
        } finally {
            lock.unlock();
        }
    }

    private void stopTimer() {
        if (timer != null) {
            timer.cancel(false);
            timer = null;
        }
    }

    private static SocketTimeoutException late(@Nullable IOException cause) {
        SocketTimeoutException late = new SocketTimeoutException("nothing came in time");
        late.initCause(cause);
        return late;
    }

    /** Stops the timer. */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            stopTimer();
        } finally {
            lock.unlock();
        }
    }
}
