package dev.docent.gemini;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.concurrent.CompletableFuture;
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
    private @Nullable Limit limit;
    private @Nullable Thread waiting;
    private long since;
    private boolean expired;

    /** A wait for the network. */
    @FunctionalInterface
    interface Wait<T> {
        T get() throws IOException;
    }

    /** Compared by identity, because limits of the same length are different limits. */
    private static final class Limit {
        private final Deadline until;
        private final long quiet;

        private Limit(Deadline until, long quiet) {
            this.until = until;
            this.quiet = quiet;
        }
    }

    Watch(Deadline until) {
        limit(until, until.nanos());
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
            Limit next = new Limit(until, quiet);
            limit = next;
            look(next);
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

    private void look(Limit watched) {
        lock.lock();
        try {
            if (watched != limit) {
                return;
            }
            long left = left(watched);
            if (left > 0) {
                CompletableFuture.delayedExecutor(left, TimeUnit.NANOSECONDS, Runnable::run)
                        .execute(() -> look(watched));
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

    private long left(Limit of) {
        long quiet = waiting == null ? of.quiet : of.quiet - (System.nanoTime() - since);
        return Math.min(quiet, of.until.nanos());
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
            limit = null;
        } finally {
            lock.unlock();
        }
    }
}
