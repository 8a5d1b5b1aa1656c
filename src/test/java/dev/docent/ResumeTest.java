package dev.docent;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.docent.gemini.Reply;
import dev.docent.http.WidgetClient;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Answers whose connection breaks while the model writes. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ResumeTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String QUESTION = "What is the default threshold in metres?";
    private static final Map<String, Object> RESUMABLE =
            Map.of("message", QUESTION, "resume", true);

    private Outside outside;
    private LiveService service;
    private WidgetClient client;

    @BeforeAll
    void start(@TempDir Path data) {
        outside = Outside.filled(data);
        service = LiveService.start(outside, data);
        client = service.client();
    }

    @AfterAll
    void stop() {
        service.close();
        outside.close();
    }

    @Test
    void afterTwoHundredCutsTheTextIsTheSame() throws IOException {
        outside.gemini.generation(Reply.paced(150, Duration.ofMillis(5)));
        Random random = new Random(20);
        int cuts = 0;
        while (cuts < 200) {
            Reading reading = new Reading();
            reading.read(post(), random.nextInt(2000));
            for (int n = 0; n < 25 && !reading.ended; n++, cuts++) {
                reading.read(resume(reading), random.nextInt(n % 5 == 0 ? 20 : 1500));
            }
            while (!reading.ended) {
                reading.read(resume(reading), Integer.MAX_VALUE);
            }
            String stored =
                    client.json(client.get("/api/conversation/" + reading.conversation))
                            .path("messages")
                            .get(1)
                            .path("content")
                            .asText();
            assertThat(reading.text.toString()).isEqualTo(stored).hasSizeGreaterThan(150);
            assertThat(reading.ids).hasSize(reading.last).isSorted().doesNotHaveDuplicates();
        }
    }

    @Test
    void onlyWhoAsksForItGetsNumbers() {
        outside.gemini.generation(Reply.answer("It is ", "4.2 metres."));
        assertThat(client.ask(QUESTION).raw()).doesNotContain("id:");
        String raw = client.ask(RESUMABLE).raw();
        assertThat(raw)
                .startsWith("id:1\ndata: {\"type\":\"metadata\"")
                .contains("\n\nid:2\ndata: {\"type\":\"token\"");
        assertThat(raw.replaceAll("id:\\d+\n", "")).doesNotContain("id:");
    }

    @Test
    void itCanBeReadAgainAfterItsEnd() {
        outside.gemini.generation(Reply.answer("It is ", "4.2 metres."));
        WidgetClient.Answer answer = client.ask(RESUMABLE);
        String path = "/api/chat/" + answer.conversation() + "/stream";
        assertThat(client.get(path).body()).isEqualTo(answer.raw());
        assertThat(client.get(path, Map.of("Last-Event-ID", "1")).body())
                .startsWith("id:2\n")
                .isEqualTo(client.get(path + "?after=1").body());
        assertThat(client.get(path + "?after=99").body()).isEmpty();
    }

    @Test
    void stoppingEndsItAtTheModel() throws IOException {
        outside.gemini.generation(Reply.paced(100_000, Duration.ofMillis(20)));
        Reading reading = new Reading();
        reading.read(post(), 600);
        String path = "/api/chat/" + reading.conversation;
        assertThat(client.post(path + "/stop", "", Map.of()).statusCode()).isEqualTo(204);
        while (!reading.ended) {
            reading.read(resume(reading), Integer.MAX_VALUE);
        }
        JsonNode messages =
                client.json(client.get("/api/conversation/" + reading.conversation))
                        .path("messages");
        assertThat(messages.get(1).path("incomplete").asBoolean()).isTrue();
        assertThat(ServiceDownTest.await(() -> outside.gemini.connections() == 0)).isTrue();
        assertThat(client.post(path + "/stop", "", Map.of()).statusCode()).isEqualTo(204);
    }

    @Test
    void whatIsNotKnownHereIs404() {
        String path = "/api/chat/" + UUID.randomUUID();
        assertThat(client.get(path + "/stream").statusCode()).isEqualTo(404);
        assertThat(client.post(path + "/stop", "", Map.of()).statusCode()).isEqualTo(404);
        assertThat(client.get("/api/chat/x/stream").statusCode()).isEqualTo(422);
        assertThat(client.get(path + "/stream?after=-1").statusCode()).isEqualTo(422);
        assertThat(client.get(path + "/stream?after=99999999999").statusCode()).isEqualTo(422);
        assertThat(
                        client.get(path + "/stream", Map.of("Origin", "https://evil.example"))
                                .statusCode())
                .isEqualTo(403);
        assertThat(client.ask(Map.of("message", "a", "resume", "yes")).response().statusCode())
                .isEqualTo(422);
    }

    @Test
    void whoHasItsIdCanDeleteAConversation() {
        outside.gemini.generation(Reply.answer("It is ", "4.2 metres."));
        String path = "/api/conversation/" + client.ask(QUESTION).conversation();
        assertThat(client.get(path).statusCode()).isEqualTo(200);
        assertThat(delete(path)).isEqualTo(204);
        assertThat(delete(path)).isEqualTo(404);
        assertThat(client.get(path).statusCode()).isEqualTo(404);
        assertThat(delete("/api/conversation/x")).isEqualTo(422);
    }

    private int delete(String path) {
        return client.send(
                        "DELETE", path, java.net.http.HttpRequest.BodyPublishers.noBody(), Map.of())
                .statusCode();
    }

    private static String post() throws IOException {
        String body = JSON.writeValueAsString(RESUMABLE);
        return "POST /api/chat HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: "
                + body.length()
                + "\r\n\r\n"
                + body;
    }

    private static String resume(Reading reading) {
        return "GET /api/chat/%s/stream?after=%d HTTP/1.1\r\nHost: a\r\n\r\n"
                .formatted(reading.conversation, reading.last);
    }

    /** What a reader has of an answer, over as many connections as it took. */
    private final class Reading {
        private final StringBuilder text = new StringBuilder();
        private final List<Integer> ids = new ArrayList<>();
        private String conversation = "";
        private int last;
        private boolean ended;

        /** Reads at least the first event, then this many bytes, and breaks the connection. */
        void read(String request, int most) throws IOException {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), service.port())) {
                socket.setSoTimeout(60_000);
                socket.getOutputStream().write(request.getBytes(UTF_8));
                InputStream in = socket.getInputStream();
                StringBuilder block = new StringBuilder();
                int left = most;
                for (int c = in.read(); c >= 0 && !ended; c = in.read()) {
                    block.append((char) c);
                    if (block.toString().endsWith("\n\n")) {
                        take(block.toString());
                        block.setLength(0);
                    }
                    if (left-- < 0 && !conversation.isEmpty()) {
                        return;
                    }
                }
            }
        }

        private void take(String block) throws IOException {
            int id = block.lastIndexOf("id:");
            int data = block.indexOf("data: ", Math.max(0, id));
            if (id < 0 || data < 0) {
                return;
            }
            last = Integer.parseInt(block.substring(id + 3, block.indexOf('\n', id)));
            ids.add(last);
            JsonNode event = JSON.readTree(block.substring(data + 6, block.indexOf('\n', data)));
            switch (event.path("type").asText()) {
                case "metadata" -> conversation = event.path("conversation_id").asText();
                case "token" -> text.append(event.path("content").asText());
                case "done" -> ended = true;
                default -> throw new AssertionError(block);
            }
        }
    }
}
