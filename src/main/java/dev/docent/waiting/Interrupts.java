package dev.docent.waiting;

import java.util.concurrent.CancellationException;

/** Turns an interrupt into an exception where {@code InterruptedException} cannot be thrown. */
public final class Interrupts {
    private Interrupts() {}

    /**
     * An exception to throw for an interrupt of this thread, whose flag is set again.
     *
     * @param what what was interrupted, for the log
     */
    public static CancellationException cancelled(String what, Throwable cause) {
        Thread.currentThread().interrupt();
        CancellationException cancelled = new CancellationException(what);
        cancelled.initCause(cause);
        return cancelled;
    }
}
