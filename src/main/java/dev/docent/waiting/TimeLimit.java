package dev.docent.waiting;

import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * How long a caller waits for work on another thread. An interrupt of the caller ends the wait too.
 *
 * @param limit the longest wait
 * @param leftover what becomes of the work when the wait ends before it
 */
public record TimeLimit(Duration limit, Leftover leftover) {

    /** What becomes of work that nobody waits for any more. */
    public enum Leftover {
        /** The thread that does it is interrupted. */
        INTERRUPT,
        /** Begun, it goes on, because its thread must not be interrupted; else it is dropped. */
        DROP,
        /** It is done all the same, for itself or for others who wait. */
        KEEP
    }

    /**
     * Waits for the work's result.
     *
     * @throws TimeoutException when it is not there within the limit
     * @throws CancellationException when this thread was interrupted, whose flag is set again; or
     *     when somebody else cancelled the work
     * @throws ExecutionException when the work failed, with what it threw as the cause
     */
    public <T> T await(Future<T> work) throws TimeoutException, ExecutionException {
        try {
            return work.get(limit.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            throw Interrupts.cancelled("waiting was interrupted", e);
        } finally {
            // Changes nothing where the work has ended.
            if (leftover != Leftover.KEEP) {
                work.cancel(leftover == Leftover.INTERRUPT);
            }
        }
    }
}
