package dev.docent.gemini;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A server that speaks the part of Gemini's REST API that Docent uses, over plain sockets so that
 * it can also misbehave below HTTP. Thread-safe; a virtual thread for each connection.
 */
public final class FakeGemini implements AutoCloseable {
    private final ServerSocket server;
    private final Queue<Reply> script = new ConcurrentLinkedQueue<>();
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final Set<Socket> answering = ConcurrentHashMap.newKeySet();
    private final AtomicInteger accepted = new AtomicInteger();
    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private volatile boolean deaf;
    private volatile Reply generation = Reply.answer("Hello", " world.");
    private volatile Reply embedding = FakeEmbeddings::reply;
    private volatile Reply description = GoogleReplies::model;

    /** Listens on a free port of the loopback interface. */
    public FakeGemini() {
        try {
            server = new ServerSocket(0, 1024, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().name("fake-gemini").start(this::accept);
    }

    /** What {@code GEMINI_BASE_URL} must be. */
    public URI baseUrl() {
        return URI.create("http://127.0.0.1:" + server.getLocalPort() + "/v1beta");
    }

    /** Replies to the next requests, one each, whatever they ask for. */
    public void next(Reply... replies) {
        script.addAll(List.of(replies));
    }

    /** The reply to a request for an answer, as long as none is scripted. */
    public void generation(Reply reply) {
        generation = reply;
    }

    /** The reply to a request for embeddings, as long as none is scripted. */
    public void embedding(Reply reply) {
        embedding = reply;
    }

    /** The reply to a request for a model's description, as long as none is scripted. */
    public void description(Reply reply) {
        description = reply;
    }

    /** Accepts connections from now on and never reads from them. */
    public void deaf() {
        deaf = true;
    }

    /** From now on replies as it did at the beginning. */
    public void heal() {
        script.clear();
        generation = Reply.answer("Hello", " world.");
        embedding = FakeEmbeddings::reply;
        description = GoogleReplies::model;
    }

    /** What was asked so far. */
    public List<Request> requests() {
        return List.copyOf(requests);
    }

    /** Connections with an answer under way; what a client keeps for its next request is none. */
    public int connections() {
        return answering.size();
    }

    /** Connections that were made so far. */
    public int accepted() {
        return accepted.get();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                accepted.incrementAndGet();
                open.add(socket);
                if (deaf) {
                    continue;
                }
                Thread.ofVirtual().start(() -> serve(socket));
            } catch (IOException e) {
                if (!server.isClosed()) {
                    throw new UncheckedIOException(e);
                }
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            socket.setTcpNoDelay(true);
            InputStream in = new BufferedInputStream(socket.getInputStream());
            for (Request request = read(in); request != null; request = read(in)) {
                answering.add(socket);
                requests.add(request);
                Reply scripted = script.poll();
                Reply reply = scripted == null ? standing(request) : scripted;
                reply.write(request, new Wire(socket));
                answering.remove(socket);
            }
        } catch (IOException e) {
            // The client went away, or the reply has cut the connection.
        } finally {
            answering.remove(socket);
            open.remove(socket);
        }
    }

    private Reply standing(Request request) {
        if (request.path().contains(":streamGenerateContent")) {
            return generation;
        }
        return request.path().contains(":batchEmbedContents") ? embedding : description;
    }

    private static @Nullable Request read(InputStream in) throws IOException {
        String start = line(in);
        if (start.isEmpty()) {
            return null;
        }
        String key = "";
        int length = 0;
        for (String header = line(in); !header.isEmpty(); header = line(in)) {
            String lower = header.toLowerCase(Locale.ROOT);
            if (lower.startsWith("content-length:")) {
                length = Integer.parseInt(header.substring(15).strip());
            } else if (lower.startsWith("x-goog-api-key:")) {
                key = header.substring(15).strip();
            }
        }
        String body = new String(in.readNBytes(length), StandardCharsets.UTF_8);
        int method = start.indexOf(' ');
        String path = start.substring(method + 1, start.lastIndexOf(' '));
        return new Request(start.substring(0, method), path, key, body);
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = in.read(); next >= 0 && next != '\n'; next = in.read()) {
            if (next != '\r') {
                line.append((char) next);
            }
        }
        return line.toString();
    }

    @Override
    public void close() {
        try {
            server.close();
            for (Socket socket : open) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * A request as it came.
     *
     * @param method GET or POST
     * @param path with the query
     * @param key the header {@code x-goog-api-key}
     * @param body as text
     */
    public record Request(String method, String path, String key, String body) {

        /** The model's name. */
        public String model() {
            String name = path.substring(path.lastIndexOf('/') + 1);
            int end = name.indexOf(':') < 0 ? name.length() : name.indexOf(':');
            return name.substring(0, end);
        }
    }
}
