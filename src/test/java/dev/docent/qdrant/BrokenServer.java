package dev.docent.qdrant;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A port on loopback with something other than Qdrant behind it. */
final class BrokenServer implements AutoCloseable {
    private final ServerSocket socket;
    private final List<Socket> open = new CopyOnWriteArrayList<>();

    /** What is behind the port. */
    enum Kind {
        /** Nothing: connections are refused. */
        REFUSES,
        /** A full queue: attempts to connect are never answered. */
        FULL,
        /** Connections are taken, and nothing is said. */
        SILENT,
        /** Connections are taken and reset. */
        RESETS,
        /** Connections are taken and closed in order. */
        CLOSES,
        /** An answer that is no protocol. */
        BABBLES,
        /** An alert of TLS, by which a server refuses whatever else is spoken to it. */
        ALERTS,
        /** The web page of a proxy whose cluster is suspended. */
        PROXY;

        BrokenServer start() throws IOException {
            return new BrokenServer(this);
        }
    }

    private BrokenServer(Kind kind) throws IOException {
        socket = new ServerSocket(0, kind == Kind.FULL ? 1 : 50, InetAddress.getLoopbackAddress());
        switch (kind) {
            case REFUSES -> socket.close();
            case FULL -> fill();
            case SILENT, RESETS, CLOSES, BABBLES, ALERTS, PROXY ->
                    Thread.startVirtualThread(() -> serve(kind));
        }
    }

    int port() {
        return socket.getLocalPort();
    }

    @Override
    public void close() throws IOException {
        socket.close();
        for (Socket each : open) {
            each.close();
        }
    }

    /** Linux drops further attempts when two connections wait in a queue of one. */
    private void fill() throws IOException {
        for (int i = 0; i < 2; i++) {
            Socket waiting = new Socket();
            open.add(waiting);
            waiting.connect(new InetSocketAddress(socket.getInetAddress(), port()), 5000);
        }
    }

    private void serve(Kind kind) {
        while (!socket.isClosed()) {
            try {
                Socket client = socket.accept();
                open.add(client);
                // Something of the request is read first, so that it is broken in the middle.
                if (kind != Kind.SILENT && client.getInputStream().read() >= 0) {
                    answer(kind, client);
                }
            } catch (IOException e) {
                if (!socket.isClosed()) {
                    throw new UncheckedIOException(e);
                }
            }
        }
    }

    private static void answer(Kind kind, Socket client) throws IOException {
        switch (kind) {
            case RESETS -> {
                client.setSoLinger(true, 0);
                client.close();
            }
            case CLOSES -> client.close();
            case BABBLES -> say(client, "x".repeat(5000) + "\r\n\r\n");
            case ALERTS -> {
                say(client, "\u0015\u0003\u0003\0\u0002\u0002F");
                client.shutdownOutput();
            }
            case PROXY ->
                    say(
                            client,
                            """
                            HTTP/1.1 404 Not Found\r
                            Content-Type: text/plain\r
                            Content-Length: 19\r
                            \r
                            404 page not found
                            """);
            case REFUSES, FULL, SILENT -> {}
        }
    }

    private static void say(Socket client, String text) throws IOException {
        client.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
        client.getOutputStream().flush();
    }
}
