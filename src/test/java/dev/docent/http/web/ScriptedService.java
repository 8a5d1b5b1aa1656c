package dev.docent.http.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A service that serves the real pages and says what a test wrote down for it, byte for byte: the
 * faults that a healthy service cannot show. It serves a documentation site as well, on another
 * origin.
 */
final class ScriptedService implements AutoCloseable {
    static final String POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src"
                    + " 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'"
                    + " https://huggingface.co https://*.huggingface.co; require-trusted-types-for"
                    + " 'script'; trusted-types dompurify";

    static final String HEALTHY =
            """
            {"status":"healthy","services":{"helidon":"ok","qdrant":{"status":"connected"},
            "postgres":{"status":"connected"},"gemini":{"status":"ok"}}}\
            """;

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String WEB = "/dev/docent/http/web";
    private static final Map<String, String> VENDOR =
            Map.of(
                    "/vendor/marked.js", library("marked", "lib/marked.esm.js"),
                    "/vendor/purify.js", library("dompurify", "dist/purify.es.mjs"));

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Queue<Answer> answers = new ConcurrentLinkedQueue<>();
    private final List<JsonNode> questions = new CopyOnWriteArrayList<>();
    private final Map<String, Answer> routes = new ConcurrentHashMap<>();
    private final Set<String> allowedOrigins = ConcurrentHashMap.newKeySet();

    /** What one request is answered with. */
    interface Answer {
        void write(HttpExchange exchange) throws IOException, InterruptedException;
    }

    ScriptedService() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
        on("/api/health", json(200, HEALTHY));
    }

    /** The service's address; a documentation site on another origin goes by {@code localhost}. */
    String address(String host) {
        return "http://" + host + ":" + server.getAddress().getPort();
    }

    String address() {
        return address("127.0.0.1");
    }

    /** The answers to the next questions, one each. */
    ScriptedService answer(Answer... next) {
        answers.addAll(List.of(next));
        return this;
    }

    ScriptedService on(String path, Answer answer) {
        routes.put(path, answer);
        return this;
    }

    /** What was written down for a path is forgotten. */
    void off(String path) {
        routes.remove(path);
    }

    ScriptedService allow(String origin) {
        allowedOrigins.add(origin);
        return this;
    }

    /** The bodies of the questions that came, in their order. */
    List<JsonNode> questions() {
        return questions;
    }

    /** A stream whose body is written in these pieces, each flushed. */
    static Answer stream(String... pieces) {
        return exchange -> {
            try (OutputStream body = streaming(exchange)) {
                for (String piece : pieces) {
                    body.write(piece.getBytes(StandardCharsets.UTF_8));
                    body.flush();
                }
            }
        };
    }

    /** A whole answer in the words of the contract: metadata, one token a piece, done. */
    static Answer says(String markdown, String sources) {
        return stream(metadata(), token(markdown), done(sources));
    }

    static String metadata() {
        return "data: {\"type\":\"metadata\",\"conversation_id\":"
                + "\"01900000-0000-7000-8000-000000000001\"}\n\n";
    }

    static String token(String content) {
        return "data: "
                + JSON.createObjectNode().put("type", "token").put("content", content)
                + "\n\n";
    }

    static String done(String sources) {
        return "data: {\"type\":\"done\",\"sources\":" + sources.replace("\n", " ") + "}\n\n";
    }

    static Answer json(int status, String body) {
        return with(status, "application/json", body);
    }

    static Answer with(int status, String type, String body, String... headers) {
        return exchange -> {
            for (int i = 0; i < headers.length; i += 2) {
                exchange.getResponseHeaders().set(headers[i], headers[i + 1]);
            }
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", type);
            exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
        };
    }

    static OutputStream streaming(HttpExchange exchange) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
        exchange.sendResponseHeaders(200, 0);
        return exchange.getResponseBody();
    }

    /** The bytes of a page's file, as served. */
    static byte[] file(String address) throws IOException {
        // Of any version, as from the real service.
        String path = address.replaceFirst("^/web/[^/]+/", "/");
        try (InputStream file =
                ScriptedService.class.getResourceAsStream(
                        VENDOR.getOrDefault(
                                path, WEB + (path.equals("/") ? "/index.html" : path)))) {
            return file == null ? new byte[0] : file.readAllBytes();
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            answerTo(exchange).write(exchange);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Answer answerTo(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        String origin = exchange.getRequestHeaders().getFirst("Origin");
        if (origin != null && allowedOrigins.contains(origin)) {
            exchange.getResponseHeaders().set("Access-Control-Allow-Origin", origin);
            exchange.getResponseHeaders().set("Access-Control-Allow-Headers", "Content-Type");
        }
        if (exchange.getRequestMethod().equals("OPTIONS")) {
            return with(204, "text/plain", "");
        }
        if (path.equals("/api/chat")) {
            questions.add(JSON.readTree(exchange.getRequestBody()));
            Answer next = answers.poll();
            return next == null ? with(500, "text/plain", "nothing scripted") : next;
        }
        Answer route = routes.get(path);
        return route == null ? page(path) : route;
    }

    private static Answer page(String path) throws IOException {
        byte[] file = file(path);
        if (file.length == 0) {
            return with(404, "application/problem+json", "{}");
        }
        String type =
                switch (path.substring(path.lastIndexOf('.') + 1)) {
                    case "js" -> "text/javascript";
                    case "css" -> "text/css";
                    case "svg" -> "image/svg+xml";
                    default -> "text/html";
                };
        String text = new String(file, StandardCharsets.UTF_8);
        return with(200, type + ";charset=utf-8", text, "Content-Security-Policy", POLICY);
    }

    private static String library(String name, String file) {
        String about = "/META-INF/maven/org.mvnpm/" + name + "/pom.properties";
        Properties properties = new Properties();
        try (InputStream stream = ScriptedService.class.getResourceAsStream(about)) {
            properties.load(stream);
        } catch (IOException e) {
            throw new IllegalStateException(about, e);
        }
        return "/META-INF/resources/_static/%s/%s/%s"
                .formatted(name, properties.getProperty("version"), file);
    }
}
