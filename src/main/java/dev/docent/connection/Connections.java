package dev.docent.connection;

import io.helidon.common.buffers.BufferData;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.http1.Http1Config;
import io.helidon.webserver.http1.Http1Connection;
import io.helidon.webserver.http1.Http1ConnectionListener;
import io.helidon.webserver.http1.Http1ConnectionSelector;
import io.helidon.webserver.spi.ServerConnection;
import io.helidon.webserver.spi.ServerConnectionSelector;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The open connections of HTTP/1.1, with a deadline for each step. Helidon 4.5 applies its read
 * timeout nowhere, has none for writing, and keeps a line of a chunked body however long it is, so
 * its sockets are wrapped here. Thread-safe.
 */
public final class Connections implements ServerConnectionSelector, AutoCloseable {
    private static final Duration TICK = Duration.ofMillis(250);

    private final Http1ConnectionSelector http;
    private final Deadlines deadlines;
    private final long mostBody;
    private final int most;
    private final Set<WatchedConnection> open = ConcurrentHashMap.newKeySet();
    private final Thread ticker;

    /**
     * Watches from now on.
     *
     * @param config must have {@link #phases} among its receive listeners
     * @param most how many connections there may be at once
     * @param mostBody bytes of a request's body on the wire, with what frames its chunks
     */
    public Connections(Http1Config config, Deadlines deadlines, int most, long mostBody) {
        this.http = Http1ConnectionSelector.builder().config(config).build();
        this.deadlines = deadlines;
        this.mostBody = mostBody;
        this.most = most;
        this.ticker = Thread.ofPlatform().daemon().name("connections").start(this::run);
    }

    /** Tells a connection how far its request has been read. */
    public static Http1ConnectionListener phases() {
        return WatchedConnection.PHASES;
    }

    /** How many connections there may be at once. */
    public int most() {
        return most;
    }

    @Override
    public int bytesToIdentifyConnection() {
        return http.bytesToIdentifyConnection();
    }

    @Override
    public Support supports(BufferData data) {
        return http.supports(data);
    }

    @Override
    public Set<String> supportedApplicationProtocols() {
        return http.supportedApplicationProtocols();
    }

    @Override
    public ServerConnection connection(ConnectionContext context) {
        WatchedConnection watched = new WatchedConnection(context, deadlines, mostBody);
        Http1Connection connection = (Http1Connection) http.connection(watched);
        return new Tracked(connection, watched, open);
    }

    @Override
    public void close() {
        ticker.interrupt();
    }

    private void run() {
        try {
            while (true) {
                Thread.sleep(TICK);
                long now = System.nanoTime();
                boolean crowded = open.size() > most - most / 4;
                open.forEach(connection -> connection.expire(now, crowded));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
