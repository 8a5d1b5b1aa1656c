package dev.docent;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A proxy on a free port of the loopback address that forwards bytes to another one, and breaks
 * what passes through it when a test says so. Thread-safe.
 */
public final class TcpProxy implements AutoCloseable {
    private final ServerSocket server;
    private final InetSocketAddress target;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final AtomicInteger accepted = new AtomicInteger();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private boolean hanging;
    private Duration delay = Duration.ZERO;
    private volatile boolean refusing;

    private TcpProxy(ServerSocket server, InetSocketAddress target) {
        this.server = server;
        this.target = target;
    }

    /** Starts a proxy to a port of a host. */
    public static TcpProxy to(String host, int port) {
        try {
            var server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
            TcpProxy proxy = new TcpProxy(server, new InetSocketAddress(host, port));
            Thread.ofVirtual().name("proxy").start(proxy::accept);
            return proxy;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where clients connect to, on 127.0.0.1. */
    public int port() {
        return server.getLocalPort();
    }

    /** How many connections were accepted so far. */
    public int accepted() {
        return accepted.get();
    }

    /** How many connections are open now. */
    public int open() {
        return sockets.size() / 2;
    }

    /** Ends every open connection in order, as a server does that shuts down. */
    public void cut() {
        sockets.forEach(TcpProxy::close);
    }

    /** Ends every open connection with a reset. */
    public void reset() {
        for (Socket socket : sockets) {
            try {
                socket.setSoLinger(true, 0);
            } catch (IOException _) {
                // It is closed already.
            }
            close(socket);
        }
    }

    /** From now on passes nothing on, in neither direction, while connections stay open. */
    public void hang() {
        set(true, delay);
    }

    /** From now on holds each piece of data back for a while. */
    public void delay(Duration time) {
        set(hanging, time);
    }

    /** From now on closes new connections at once. */
    public void refuse() {
        refusing = true;
    }

    /** Passes on again what comes and what was held back. */
    public void heal() {
        refusing = false;
        set(false, Duration.ZERO);
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        cut();
        heal();
    }

    private void set(boolean hang, Duration time) {
        lock.lock();
        try {
            hanging = hang;
            delay = time;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket client = server.accept();
                accepted.incrementAndGet();
                if (refusing) {
                    close(client);
                } else {
                    Thread.ofVirtual().name("proxy-connection").start(() -> connect(client));
                }
            } catch (IOException _) {
                // The proxy was closed, or a client went away before it was accepted.
            }
        }
    }

    private void connect(Socket client) {
        try (client;
                Socket upstream = new Socket()) {
            upstream.connect(target, 10_000);
            sockets.add(client);
            sockets.add(upstream);
            Thread back = Thread.ofVirtual().start(() -> pump(upstream, client));
            pump(client, upstream);
            back.join();
            sockets.remove(upstream);
        } catch (IOException _) {
            // The client sees it as its connection being closed.
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } finally {
            sockets.remove(client);
        }
    }

    private void pump(Socket from, Socket to) {
        byte[] bytes = new byte[8192];
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int n = in.read(bytes); n >= 0; n = in.read(bytes)) {
                hold();
                out.write(bytes, 0, n);
            }
        } catch (IOException _) {
            // Either side closed it.
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void hold() throws InterruptedException {
        lock.lock();
        try {
            long nanos = delay.toNanos();
            while (nanos > 0) {
                nanos = changed.awaitNanos(nanos);
            }
            while (hanging) {
                changed.await();
            }
        } finally {
            lock.unlock();
        }
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException _) {
            // Nothing more can be done for it.
        }
    }
}
