package dev.docent.connection;

import io.helidon.common.concurrency.limits.Limit;
import io.helidon.common.task.InterruptableTask;
import io.helidon.webserver.http1.Http1Connection;
import io.helidon.webserver.spi.ServerConnection;
import java.time.Duration;
import java.util.Set;

/** Helidon's connection, which is watched while it is handled. */
record Tracked(Http1Connection http, WatchedConnection watched, Set<WatchedConnection> open)
        implements ServerConnection, InterruptableTask<Void> {

    @Override
    public void handle(Limit limit) throws InterruptedException {
        watched.begin(http::canInterrupt);
        open.add(watched);
        try {
            http.handle(limit);
        } finally {
            open.remove(watched);
        }
    }

    @Override
    public Duration idleTime() {
        return http.idleTime();
    }

    @Override
    public void close(boolean interrupt) {
        http.close(interrupt);
    }

    @Override
    public boolean canInterrupt() {
        return http.canInterrupt();
    }
}
