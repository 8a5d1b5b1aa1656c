package dev.docent.connection;

import io.helidon.common.buffers.BufferData;
import io.helidon.common.buffers.DataReader;
import io.helidon.common.buffers.DataWriter;
import io.helidon.common.socket.HelidonSocket;
import io.helidon.common.socket.PeerInfo;
import io.helidon.common.socket.SocketWriter;
import io.helidon.http.Headers;
import io.helidon.http.HttpPrologue;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.ListenerContext;
import io.helidon.webserver.ProxyProtocolData;
import io.helidon.webserver.Router;
import io.helidon.webserver.ServerConnectionException;
import io.helidon.webserver.http1.Http1ConnectionListener;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A connection whose reads and writes {@link #expire} ends when they are late, by an interrupt,
 * which closes the socket. Used by one thread, and by that which watches.
 */
final class WatchedConnection implements ConnectionContext, HelidonSocket {
    /** A slow reader takes this many bytes within a deadline, however large the answer is. */
    private static final int PIECE = 64 * 1024;

    static final Http1ConnectionListener PHASES =
            new Http1ConnectionListener() {
                @Override
                public void prologue(ConnectionContext context, HttpPrologue prologue) {
                    ((WatchedConnection) context).headBegan();
                }

                @Override
                public void headers(ConnectionContext context, Headers headers) {
                    ((WatchedConnection) context).headEnded(headers);
                }
            };

    private enum Phase {
        /** Nothing of the next request was read. */
        IDLE,
        HEAD,
        /** The body is read, or the request is being answered. */
        BODY
    }

    private final ConnectionContext plain;
    private final HelidonSocket socket;
    private final Deadlines deadlines;
    private final long mostBody;
    private final Framing framing = new Framing();
    private final DataReader reader = DataReader.create(this::pull);
    private final DataWriter writer = SocketWriter.create(this);
    private BooleanSupplier betweenRequests = () -> true;
    private long body;

    /** Guards what follows. */
    private final ReentrantLock lock = new ReentrantLock();

    private Phase phase = Phase.IDLE;
    private long phaseBegan = System.nanoTime();
    private @Nullable Thread waiting;
    private boolean writing;
    private long writeBegan;
    private boolean late;

    WatchedConnection(ConnectionContext plain, Deadlines deadlines, long mostBody) {
        this.plain = plain;
        this.socket = plain.serverSocket();
        this.deadlines = deadlines;
        this.mostBody = mostBody;
    }

    /**
     * Called before anything else.
     *
     * @param reading whether the first line of a request is waited for
     */
    void begin(BooleanSupplier reading) {
        betweenRequests = reading;
    }

    /** Ends a read or a write that is late. */
    void expire(long now, boolean crowded) {
        lock.lock();
        try {
            if (waiting == null) {
                return;
            }
            long began = writing ? writeBegan : phaseBegan;
            if (now - began > limit(crowded).toNanos()) {
                late = true;
                waiting.interrupt();
            }
        } finally {
            lock.unlock();
        }
    }

    private Duration limit(boolean crowded) {
        if (writing) {
            return deadlines.write();
        }
        return switch (phase) {
            case IDLE -> crowded ? deadlines.idleWhenCrowded() : deadlines.idle();
            case HEAD, BODY -> deadlines.read();
        };
    }

    private void headBegan() {
        lock.lock();
        try {
            if (phase != Phase.HEAD) {
                enter(Phase.HEAD);
            }
        } finally {
            lock.unlock();
        }
    }

    private void headEnded(Headers headers) {
        framing.headEnded(headers);
        lock.lock();
        try {
            enter(Phase.BODY);
            body = 0;
        } finally {
            lock.unlock();
        }
    }

    private void enter(Phase next) {
        phase = next;
        phaseBegan = System.nanoTime();
    }

    /** What {@link DataReader} asks for, with the exceptions that Helidon itself would throw. */
    private byte @Nullable [] pull() {
        try {
            return framing.next(() -> get());
        } catch (UncheckedIOException e) {
            throw new ServerConnectionException("cannot read from the socket", e);
        }
    }

    @Override
    public byte @Nullable [] get() {
        boolean between = betweenRequests.getAsBoolean();
        lock.lock();
        try {
            if (between && phase == Phase.BODY) {
                enter(Phase.IDLE);
            }
            waiting = Thread.currentThread();
        } finally {
            lock.unlock();
        }
        byte @Nullable [] bytes;
        try {
            bytes = socket.get();
        } finally {
            rest();
        }
        headBeganBy(bytes);
        return bytes;
    }

    private void headBeganBy(byte @Nullable [] bytes) {
        lock.lock();
        try {
            if (bytes == null) {
                return;
            }
            switch (phase) {
                case IDLE -> enter(Phase.HEAD);
                case HEAD -> {}
                case BODY -> {
                    body += bytes.length;
                    if (body > mostBody) {
                        throw new UncheckedIOException(
                                new IOException("a body of more than " + mostBody + " bytes"));
                    }
                }
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void write(BufferData buffer) {
        if (buffer.available() <= PIECE) {
            writePiece(buffer);
            return;
        }
        byte[] piece = new byte[PIECE];
        while (!buffer.consumed()) {
            int length = buffer.read(piece);
            writePiece(BufferData.create(piece, 0, length));
        }
    }

    private void writePiece(BufferData piece) {
        lock.lock();
        try {
            waiting = Thread.currentThread();
            writing = true;
            writeBegan = System.nanoTime();
        } finally {
            lock.unlock();
        }
        try {
            socket.write(piece);
        } catch (UncheckedIOException e) {
            // The client is gone. Helidon would log it as a fault of the route, at length.
            throw new ServerConnectionException("cannot write to the socket", e);
        } finally {
            rest();
        }
    }

    /** Takes an interrupt back that came too late, or that has done its work. */
    private void rest() {
        lock.lock();
        try {
            waiting = null;
            writing = false;
            if (late) {
                late = false;
                Thread.interrupted();
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public DataReader dataReader() {
        return reader;
    }

    @Override
    public DataWriter dataWriter() {
        return writer;
    }

    @Override
    public HelidonSocket serverSocket() {
        return this;
    }

    @Override
    public ListenerContext listenerContext() {
        return plain.listenerContext();
    }

    @Override
    public ExecutorService executor() {
        return plain.executor();
    }

    @Override
    public Router router() {
        return plain.router();
    }

    @Override
    public Optional<ProxyProtocolData> proxyProtocolData() {
        return plain.proxyProtocolData();
    }

    @Override
    public PeerInfo remotePeer() {
        return plain.remotePeer();
    }

    @Override
    public PeerInfo localPeer() {
        return plain.localPeer();
    }

    @Override
    public boolean isSecure() {
        return plain.isSecure();
    }

    @Override
    public String socketId() {
        return plain.socketId();
    }

    @Override
    public String childSocketId() {
        return plain.childSocketId();
    }

    @Override
    public void close() {
        socket.close();
    }

    @Override
    public void idle() {
        socket.idle();
    }

    @Override
    public boolean isConnected() {
        return socket.isConnected();
    }

    @Override
    @SuppressWarnings("removal") // must be implemented as long as the interface has it
    public int read(BufferData buffer) {
        throw new UnsupportedOperationException("Helidon 4.5 calls get()");
    }
}
