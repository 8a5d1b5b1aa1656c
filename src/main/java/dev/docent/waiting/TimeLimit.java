package dev.docent.waiting;

import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * How long a caller waits for work on another thread. An interrupt of the caller also ends the
 * wait.
 *
 * @param limit the longest wait
 * @param leftover what happens to the work if the wait ends first
 */
public record TimeLimit(Duration limit, Leftover leftover) {

    /** What happens to work when its caller stops waiting. */
    public enum Leftover {
        /** Its thread is interrupted. */
        INTERRUPT,
        /** It is dropped unless it has started, because its thread must not be interrupted. */
        DROP,
        /** It continues, for its effect or for other callers. */
        KEEP
    }

    /**
     * Waits for the work's result.
     *
     * @throws TimeoutException when there is no result within the limit
     * @throws CancellationException when this thread was interrupted, whose flag is set again; or
     *     when the work was cancelled
     * @throws ExecutionException when the work failed, with what it threw as the cause
     */
    public <T> T await(Future<T> work) throws TimeoutException, ExecutionException {
        try {
            return work.get(limit.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            throw Interrupts.cancelled("waiting was interrupted", e);
        } finally {
            // Has no effect if the work has ended.
            if (leftover != Leftover.KEEP) {
                work.cancel(leftover == Leftover.INTERRUPT);
            }
        }
    }
}
