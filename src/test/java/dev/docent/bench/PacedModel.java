package dev.docent.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * A stand-in for Gemini's streaming API that costs next to nothing itself: one thread, ready-made
 * bytes, a write for each token. {@code PacedModel PORT TOKENS MILLIS_PER_TOKEN}; zero milliseconds
 * is as fast as they are taken. It serves until it is stopped, and says each second on standard
 * output how far it lags behind its pace, where that is more than a token.
 */
public final class PacedModel {
    private static final String PIECE =
            """
            {"candidates":[{"content":{"parts":[{"text":"%s"}],"role":"model"}%s,"index":0}],\
            "usageMetadata":{"promptTokenCount":812,"candidatesTokenCount":7,"totalTokenCount":819},\
            "modelVersion":"gemini-3.8-flash","responseId":"kR0hafv1OqSjkdUPm5fNoQg"}\
            """;
    private static final byte[] HEAD =
            bytes(
                    "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding:"
                            + " chunked\r\n\r\n");
    private static final byte[] TOKEN = chunk(PIECE.formatted("token ", ""));
    private static final byte[] END =
            joined(
                    chunk(PIECE.formatted("end.", ",\"finishReason\":\"STOP\"")),
                    bytes("0\r\n\r\n"));
    private static final byte[] DESCRIPTION = description();

    private final int tokens;
    private final long pause;
    private final List<Stream> streams = new ArrayList<>();
    private long lag;

    private PacedModel(int tokens, long pause) {
        this.tokens = tokens;
        this.pause = pause;
    }

    public static void main(String[] args) throws IOException {
        int port = Integer.parseInt(args[0]);
        new PacedModel(Integer.parseInt(args[1]), Long.parseLong(args[2]) * 1_000_000).serve(port);
    }

    private void serve(int port) throws IOException {
        try (Selector selector = Selector.open();
                ServerSocketChannel server = ServerSocketChannel.open()) {
            server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 4096);
            server.configureBlocking(false);
            server.register(selector, SelectionKey.OP_ACCEPT);
            System.out.println("listening on http://127.0.0.1:" + port + "/v1beta");
            long told = System.nanoTime();
            while (true) {
                selector.select(this::ready, streams.isEmpty() ? 100 : 1);
                advance(System.nanoTime());
                if (System.nanoTime() - told > 1_000_000_000) {
                    if (pause > 0 && lag > pause) {
                        System.out.printf("lags %d ms%n", lag / 1_000_000);
                    }
                    lag = 0;
                    told = System.nanoTime();
                }
            }
        }
    }

    private void ready(SelectionKey key) {
        try {
            if (key.isAcceptable()) {
                SocketChannel channel = ((ServerSocketChannel) key.channel()).accept();
                channel.configureBlocking(false);
                channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
                channel.register(key.selector(), SelectionKey.OP_READ, new Stream(channel, tokens));
            } else if (key.attachment() instanceof Stream stream) {
                stream.read(key);
                if (stream.begun && !streams.contains(stream)) {
                    streams.add(stream);
                }
            }
        } catch (IOException e) {
            key.cancel();
        }
    }

    private void advance(long now) {
        for (Iterator<Stream> all = streams.iterator(); all.hasNext(); ) {
            Stream stream = all.next();
            try {
                lag = Math.max(lag, stream.advance(now, pause));
            } catch (IOException e) {
                stream.begun = false;
            }
            if (!stream.begun) {
                all.remove();
            }
        }
    }

    private static byte[] chunk(String json) {
        byte[] event = bytes("data: " + json + "\r\n\r\n");
        return joined(
                bytes(Integer.toHexString(event.length) + "\r\n"), joined(event, bytes("\r\n")));
    }

    private static byte[] description() {
        String json =
                "{\"name\":\"models/gemini-3.8-flash\",\"supportedGenerationMethods\":[\"generateContent\"]}";
        return bytes(
                "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: "
                        + json.length()
                        + "\r\n\r\n"
                        + json);
    }

    private static byte[] joined(byte[] left, byte[] right) {
        return ByteBuffer.allocate(left.length + right.length).put(left).put(right).array();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** One connection: a request at a time, and the answer to it. */
    private static final class Stream {
        private final SocketChannel channel;
        private final int tokens;
        private final ByteBuffer in = ByteBuffer.allocate(256 * 1024);
        private ByteBuffer out = ByteBuffer.allocate(0);
        private boolean begun;
        private int sent;
        private long start;

        private Stream(SocketChannel channel, int tokens) {
            this.channel = channel;
            this.tokens = tokens;
        }

        private void read(SelectionKey key) throws IOException {
            if (channel.read(in) < 0 || !in.hasRemaining()) {
                begun = false;
                key.cancel();
                channel.close();
                return;
            }
            String text = new String(in.array(), 0, in.position(), StandardCharsets.ISO_8859_1);
            int head = text.indexOf("\r\n\r\n");
            if (head < 0 || text.length() < head + 4 + length(text.substring(0, head))) {
                return;
            }
            in.clear();
            if (text.startsWith("POST")) {
                out = ByteBuffer.wrap(HEAD);
                begun = true;
                sent = 0;
                start = System.nanoTime();
            } else {
                channel.write(ByteBuffer.wrap(DESCRIPTION));
            }
        }

        private static int length(String head) {
            for (String line : head.lines().toList()) {
                if (line.regionMatches(true, 0, "content-length:", 0, 15)) {
                    return Integer.parseInt(line.substring(15).strip());
                }
            }
            return 0;
        }

        /** Writes what is due; returns how late the first of it was, in nanoseconds. */
        private long advance(long now, long pause) throws IOException {
            long late = 0;
            while (begun) {
                if (out.hasRemaining()) {
                    channel.write(out);
                    if (out.hasRemaining()) {
                        return late;
                    }
                }
                if (sent > tokens) {
                    begun = false;
                    return late;
                }
                long due = start + sent * pause;
                if (due > now) {
                    return late;
                }
                late = Math.max(late, pause == 0 ? 0 : now - due);
                out = ByteBuffer.wrap(sent == tokens ? END : TOKEN);
                sent++;
            }
            return late;
        }
    }
}
