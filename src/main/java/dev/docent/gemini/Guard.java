package dev.docent.gemini;

import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Closes a connection whose time is up, whether it waits to read or to write. It looks once when
 * the time would be up, not at every read: a read with a time limit of its own costs a virtual
 * thread twice as much as one without.
 */
final class Guard implements Runnable {
    private final ScheduledExecutorService clock;
    private final Connection connection;
    private @Nullable ScheduledFuture<?> next;
    private boolean stopped;

    Guard(ScheduledExecutorService clock, Connection connection) {
        this.clock = clock;
        this.connection = connection;
    }

    @Override
    public synchronized void run() {
        if (stopped) {
            return;
        }
        cancel();
        long left = connection.left();
        if (left > 0) {
            next = clock.schedule(this, left, TimeUnit.NANOSECONDS);
        } else {
            stopped = true;
            connection.expire();
        }
    }

    /** Ends the guard; false where the time was up already. */
    synchronized boolean stop() {
        boolean inTime = !stopped;
        stopped = true;
        cancel();
        return inTime;
    }

    private void cancel() {
        if (next != null) {
            next.cancel(false);
        }
    }
}
