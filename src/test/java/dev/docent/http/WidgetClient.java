package dev.docent.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * A client that reads a stream as deployed widgets do: it keeps the lines that start with "data: ".
 */
public final class WidgetClient {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final URI base;

    public WidgetClient(int port) {
        this.base = URI.create("http://127.0.0.1:" + port);
    }

    /** An answer as a widget sees it. */
    public record Answer(List<JsonNode> events, String raw, HttpResponse<String> response) {
        public String text() {
            StringBuilder text = new StringBuilder();
            for (JsonNode event : events) {
                if (event.path("type").asText().equals("token")) {
                    text.append(event.path("content").asText());
                }
            }
            return text.toString();
        }

        public List<String> types() {
            return events.stream().map(event -> event.path("type").asText()).distinct().toList();
        }

        public UUID conversation() {
            return UUID.fromString(events.getFirst().path("conversation_id").asText());
        }

        public JsonNode sources() {
            return events.getLast().path("sources");
        }
    }

    /** Asks with the given members of the request and reads the answer to its end. */
    public Answer ask(Map<String, ?> members) {
        ObjectNode body = JSON.valueToTree(members);
        HttpResponse<String> response =
                post("/api/chat", body.toString(), Map.of("Content-Type", "application/json"));
        return read(response);
    }

    public Answer ask(String message) {
        return ask(Map.of("message", message));
    }

    public HttpResponse<String> post(String path, String body, Map<String, String> headers) {
        return send("POST", path, HttpRequest.BodyPublishers.ofString(body), headers);
    }

    public HttpResponse<String> get(String path, Map<String, String> headers) {
        return send("GET", path, HttpRequest.BodyPublishers.noBody(), headers);
    }

    public HttpResponse<String> get(String path) {
        return get(path, Map.of());
    }

    public JsonNode json(HttpResponse<String> response) {
        try {
            return JSON.readTree(response.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public HttpResponse<String> send(
            String method,
            String path,
            HttpRequest.BodyPublisher body,
            Map<String, String> headers) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(base.resolve(path)).timeout(PATIENCE).method(method, body);
        headers.forEach(request::header);
        try {
            return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static Answer read(HttpResponse<String> response) {
        List<JsonNode> events = new ArrayList<>();
        for (String line : response.body().split("\n", -1)) {
            if (line.startsWith("data: ")) {
                try {
                    events.add(JSON.readTree(line.substring("data: ".length())));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        }
        return new Answer(events, response.body(), response);
    }
}
