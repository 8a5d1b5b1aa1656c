package dev.docent.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * A stand-in for Gemini's streaming API that notes when it is hung up on. It answers at a pace that
 * can be changed, on a thread for each connection. Thread-safe.
 */
final class StoppableModel implements AutoCloseable {
    private static final String PIECE =
            "{\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"%s\"}],\"role\":\"model\"}%s,\"index\":0}],"
                    + "\"usageMetadata\":{\"promptTokenCount\":812,\"candidatesTokenCount\":7,\"totalTokenCount\":819}}";
    private static final byte[] TOKEN = chunk(PIECE.formatted("token ", ""));
    private static final byte[] LAST =
            chunk(PIECE.formatted("[Source 1].", ",\"finishReason\":\"STOP\""));
    private static final byte[] HEAD =
            "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n"
                    .getBytes(UTF_8);
    private static final String DESCRIPTION =
            "{\"name\":\"models/m\",\"supportedGenerationMethods\":[\"generateContent\"]}";

    private final ServerSocket server;
    private final BlockingQueue<Long> hungUp = new LinkedBlockingQueue<>();
    private volatile int tokens = 20;
    private volatile long pauseMillis;

    StoppableModel(int port) throws IOException {
        server = new ServerSocket(port, 4096, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::accept);
    }

    /** Changes how answers to come are paced. */
    void pace(int tokens, long pauseMillis) {
        this.tokens = tokens;
        this.pauseMillis = pauseMillis;
    }

    /** When connections were closed within an answer, by {@link System#nanoTime}. */
    BlockingQueue<Long> hungUp() {
        return hungUp;
    }

    @Override
    public void close() throws IOException {
        server.close();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                Thread.ofVirtual().start(() -> serve(socket));
            } catch (IOException e) {
                return; // closed
            }
        }
    }

    private void serve(Socket socket) {
        boolean answering = false;
        try (socket) {
            socket.setTcpNoDelay(true);
            InputStream in = new BufferedInputStream(socket.getInputStream());
            for (String head = head(in); !head.isEmpty(); head = head(in)) {
                in.readNBytes(length(head));
                if (head.startsWith("POST")) {
                    answering = true;
                    answer(socket, in);
                    answering = false;
                } else {
                    String description =
                            "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: "
                                    + DESCRIPTION.length()
                                    + "\r\n\r\n"
                                    + DESCRIPTION;
                    socket.getOutputStream().write(description.getBytes(UTF_8));
                }
            }
        } catch (IOException e) {
            if (answering) {
                hungUp.add(System.nanoTime());
            }
        }
    }

    /** While a pause lasts, it is seen at once when the other side hangs up. */
    private void answer(Socket socket, InputStream in) throws IOException {
        int count = tokens;
        long pause = pauseMillis;
        socket.getOutputStream().write(HEAD);
        for (int n = 0; n < count; n++) {
            socket.getOutputStream().write(TOKEN);
            if (pause > 0 && hungUp(socket, in, (int) pause)) {
                throw new IOException("hung up");
            }
        }
        socket.setSoTimeout(0);
        socket.getOutputStream().write(LAST);
        socket.getOutputStream().write("0\r\n\r\n".getBytes(UTF_8));
    }

    private static boolean hungUp(Socket socket, InputStream in, int millis) throws IOException {
        socket.setSoTimeout(millis);
        try {
            return in.read() < 0;
        } catch (SocketTimeoutException e) {
            return false;
        }
    }

    private static String head(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        for (int b = in.read(); b >= 0; b = in.read()) {
            head.append((char) b);
            if (b == '\n' && head.toString().endsWith("\r\n\r\n")) {
                return head.toString();
            }
        }
        return "";
    }

    private static int length(String head) {
        return head.lines()
                .filter(line -> line.regionMatches(true, 0, "content-length:", 0, 15))
                .mapToInt(line -> Integer.parseInt(line.substring(15).strip()))
                .findFirst()
                .orElse(0);
    }

    private static byte[] chunk(String json) {
        String event = "data: " + json + "\r\n\r\n";
        return (Integer.toHexString(event.length()) + "\r\n" + event + "\r\n").getBytes(UTF_8);
    }
}
