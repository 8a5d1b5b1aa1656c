package dev.docent.gemini;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/**
 * Opens connections to one server and keeps a few that are idle, so that the next call saves the
 * handshake. Thread-safe. Sockets are those of channels, because an interrupt ends a wait on one of
 * these on every kind of thread.
 */
final class Connections implements AutoCloseable {
    private static final int MOST_IDLE = 16;
    // Well under the minutes after which Google and the routers on the way drop one.
    private static final Duration LONGEST_IDLE = Duration.ofSeconds(30);

    private final String host;
    private final int port;
    private final boolean tls;
    private final Duration connectTimeout;
    private final LongSupplier ticker;
    private final ArrayDeque<Idle> idle = new ArrayDeque<>();
    private boolean closed;

    Connections(URI server, Duration connectTimeout, LongSupplier ticker) {
        this.host = server.getHost();
        this.tls = "https".equals(server.getScheme());
        this.port = server.getPort() >= 0 ? server.getPort() : tls ? 443 : 80;
        this.connectTimeout = connectTimeout;
        this.ticker = ticker;
    }

    /** The server's name, with the port where it is not the scheme's own. */
    String authority() {
        return port == (tls ? 443 : 80) ? host : host + ":" + port;
    }

    /** One that was used before, if there is one that is fresh. */
    Optional<Connection> reuse() {
        List<Connection> stale = new ArrayList<>();
        try {
            synchronized (idle) {
                while (!idle.isEmpty()) {
                    Idle last = idle.pop();
                    if (last.until.nanos() > 0) {
                        return Optional.of(last.connection);
                    }
                    stale.add(last.connection);
                }
                return Optional.empty();
            }
        } finally {
            stale.forEach(Connection::close);
        }
    }

    /** A new one. */
    Connection open(Deadline deadline) throws IOException {
        Deadline soon = deadline.orSooner(connectTimeout);
        InetAddress[] addresses = InetAddress.getAllByName(host);
        IOException last = new UnknownHostException();
        for (InetAddress address : addresses) {
            try {
                return connect(address, soon);
            } catch (IOException e) {
                last = e;
                if (Thread.currentThread().isInterrupted() || soon.nanos() <= 0) {
                    break;
                }
            }
        }
        throw last;
    }

    private Connection connect(InetAddress address, Deadline soon) throws IOException {
        Socket plain = SocketChannel.open().socket();
        try {
            plain.connect(new InetSocketAddress(address, port), millis(soon));
            plain.setTcpNoDelay(true);
            Socket socket = tls ? secured(plain, soon) : plain;
            return new Connection(plain, socket.getInputStream(), socket.getOutputStream(), ticker);
        } catch (IOException | RuntimeException e) {
            plain.close();
            throw e;
        }
    }

    private Socket secured(Socket plain, Deadline soon) throws IOException {
        SSLSocketFactory factory = (SSLSocketFactory) SSLSocketFactory.getDefault();
        SSLSocket secured = (SSLSocket) factory.createSocket(plain, host, port, true);
        SSLParameters parameters = secured.getSSLParameters();
        // Without it the certificate's name is not compared with the host.
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        secured.setSSLParameters(parameters);
        secured.setSoTimeout(millis(soon));
        secured.startHandshake();
        secured.setSoTimeout(0);
        return secured;
    }

    private static int millis(Deadline deadline) throws IOException {
        long left = deadline.remaining().toMillis();
        if (left <= 0) {
            throw new SocketTimeoutException("no time left to connect");
        }
        return (int) Math.min(Integer.MAX_VALUE, left);
    }

    /** Takes one back whose answer was read to its end. */
    void keep(Connection connection) {
        synchronized (idle) {
            if (!closed && idle.size() < MOST_IDLE) {
                idle.push(new Idle(connection, Deadline.in(LONGEST_IDLE, ticker)));
                return;
            }
        }
        connection.close();
    }

    @Override
    public void close() {
        List<Idle> rest;
        synchronized (idle) {
            closed = true;
            rest = List.copyOf(idle);
            idle.clear();
        }
        rest.forEach(entry -> entry.connection.close());
    }

    private record Idle(Connection connection, Deadline until) {}
}
