package dev.docent.gemini;

import dev.langchain4j.http.client.HttpRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;

/** One request and its answer. Closing it in the middle closes the connection under it. */
final class Exchange implements AutoCloseable {
    private final Connections connections;
    private final Connection connection;
    private final Guard guard;
    private final Connection.Head head;
    private final Body body;

    private Exchange(Connections connections, Connection connection, Guard guard)
            throws IOException {
        this.connections = connections;
        this.connection = connection;
        this.guard = guard;
        this.head = connection.readHead();
        this.body = new Body(connection, head);
    }

    /**
     * Sends a request and waits for the head of its answer.
     *
     * @param first when the head must be there
     */
    static Exchange start(
            Connections connections,
            ScheduledExecutorService clock,
            HttpRequest request,
            Deadline first)
            throws IOException {
        byte[] bytes = bytes(request, connections.authority());
        Optional<Connection> used = connections.reuse();
        if (used.isPresent()) {
            try {
                return start(connections, clock, used.get(), bytes, first);
            } catch (SocketTimeoutException e) {
                throw e;
            } catch (IOException e) {
                // The server may have closed it while it was idle. Then it has not seen the
                // request, and a new connection is due; in all other cases it has.
                if (used.get().answering() || Thread.currentThread().isInterrupted()) {
                    throw e;
                }
            }
        }
        return start(connections, clock, connections.open(first), bytes, first);
    }

    private static Exchange start(
            Connections connections,
            ScheduledExecutorService clock,
            Connection connection,
            byte[] request,
            Deadline first)
            throws IOException {
        Guard guard = new Guard(clock, connection);
        try {
            connection.limit(first, first.remaining());
            guard.run();
            connection.send(request);
            return new Exchange(connections, connection, guard);
        } catch (IOException | RuntimeException e) {
            guard.stop();
            connection.close();
            throw e;
        }
    }

    private static byte[] bytes(HttpRequest request, String authority) {
        URI target = URI.create(request.url());
        StringBuilder head = new StringBuilder(512);
        head.append(request.method()).append(' ').append(target.getRawPath());
        if (target.getRawQuery() != null) {
            head.append('?').append(target.getRawQuery());
        }
        head.append(" HTTP/1.1\r\nHost: ").append(authority).append("\r\n");
        request.headers()
                .forEach((name, values) ->
                        values.forEach(value ->
                                head.append(name).append(": ").append(value).append("\r\n")));
        byte[] body =
                request.body() == null
                        ? new byte[0]
                        : request.body().getBytes(StandardCharsets.UTF_8);
        head.append("Content-Length: ").append(body.length).append("\r\n\r\n");
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(head.length() + body.length);
        bytes.writeBytes(head.toString().getBytes(StandardCharsets.US_ASCII));
        bytes.writeBytes(body);
        return bytes.toByteArray();
    }

    Connection.Head head() {
        return head;
    }

    InputStream body() {
        return body;
    }

    /** All of the body, at most {@code most} bytes. */
    byte[] readAll(int most) throws IOException {
        byte[] all = body.readNBytes(most);
        if (body.read() >= 0) {
            throw new Connection.NotHttpException("the answer has more than " + most + " bytes");
        }
        return all;
    }

    /** Limits the reads that follow; see {@link Connection#limit}. */
    void limit(Deadline deadline, Duration silence) {
        connection.limit(deadline, silence);
        // The new limit may be the nearer one.
        guard.run();
    }

    @Override
    public void close() {
        boolean inTime = guard.stop();
        if (inTime && body.complete() && connection.clean() && !head.closes()) {
            connections.keep(connection);
        } else {
            connection.close();
        }
    }
}
