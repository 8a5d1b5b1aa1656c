package dev.docent;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.docent.gemini.FakeGemini;
import dev.docent.gemini.GoogleReplies;
import dev.docent.gemini.Reply;
import dev.docent.http.WidgetClient.Answer;
import dev.docent.rag.Embedder;
import dev.docent.rag.PassageIndex;
import dev.docent.retrieval.Calibrations;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole service in live mode, while everything works. */
class LiveServiceTest {
    private static final String THRESHOLD = "What is the default threshold in metres?";

    @TempDir private Path data;
    private final Outside outside = new Outside();

    @BeforeEach
    void letTheModelCite() {
        outside.gemini.generation(Reply.answer("The default is 4.2 metres [Sour", "ce 1]."));
    }

    @AfterEach
    void stop() {
        outside.close();
    }

    @Test
    void answersFromWhatItsOwnIngestionWroteAndStoresIt() {
        outside.fill(data);
        try (LiveService service = LiveService.start(outside, data)) {
            Answer answer = service.client().ask(THRESHOLD);

            assertThat(answer.types()).containsExactly("metadata", "token", "done");
            assertThat(answer.text()).isEqualTo("The default is 4.2 metres [Source 1].");
            JsonNode source = answer.sources().get(0);
            assertThat(source.path("file").asText()).isEqualTo("docs/guides/alarms.mdx");
            assertThat(source.path("url").asText())
                    .isEqualTo(
                            "https://tidewatch.example/docs/guides/alarms#setting-the-threshold");
            assertThat(source.path("similarity").asDouble()).isBetween(0.35, 1.0);
            assertThat(outside.postgres.list("select content from messages order by role desc"))
                    .containsExactly(THRESHOLD, answer.text());
        }
    }

    @Test
    void refusesWhatTheModelSaysThatThePassagesDoNotAnswer() {
        outside.fill(data);
        try (LiveService service = LiveService.start(outside, data)) {
            String declined = "The passages do not say how the threshold was chosen.";
            outside.gemini.generation(Reply.answer(declined));
            String why = "Why is the default threshold in metres 4.2 and not 5?";
            Answer refused = service.client().ask(why);
            assertThat(refused.text())
                    .startsWith(declined + "\n\nWhat comes nearest is [Alarms](https://");
            assertThat(refused.sources()).isEmpty();
            awaitRecorded(why);

            String half =
                    "The default is 4.2 metres [Source 1]. The passages do not say why it is.";
            outside.gemini.generation(Reply.answer(half));
            Answer halved = service.client().ask(THRESHOLD);
            assertThat(halved.text()).isEqualTo(half);
            assertThat(halved.sources()).hasSize(1);
            awaitRecorded(why);

            String two = "What is the default of alarm.threshold and of alarmColour?";
            service.client().ask(two);
            assertThat(prompts().getLast())
                    .contains(
                            "No page of the documentation has the name \\\"alarmColour\\\"."
                                    + " Say so where the question depends on it.");
            int asked = prompts().size();
            String none = "What is the default threshold of alarmColour?";
            assertThat(service.client().ask(none).text()).startsWith("I found nothing");
            assertThat(prompts()).hasSize(asked);
            awaitRecorded(why, none);
        }
    }

    @Test
    void learnsWhatToRefuseFromACollectionThatSomebodyElseFilled() throws IOException {
        Settings settings =
                outside.settings(data, Map.of("DOCENT_GEMINI_TEXTS_PER_MINUTE", "10000"));
        Path docs = Files.createDirectories(data.resolve("docs"));
        for (int page = 0; page < 21; page++) {
            StringBuilder text = new StringBuilder("# Gauge %d\n".formatted(page));
            for (int part = 0; part < 10; part++) {
                text.append(
                        "\n## Calibrating sensor %d of gauge %d\n\nTurn the screw %d times.\n"
                                .formatted(part, page, part * page));
            }
            Files.writeString(docs.resolve("gauge-%d.md".formatted(page)), text);
        }
        Outside.fill(settings, docs);
        try (Embedder embedder = Adapters.embedder(settings);
                PassageIndex index = Adapters.index(settings)) {
            assertThat(Calibrations.words(index, embedder.space())).startsWith("none, ");
            try (LiveService service = LiveService.start(outside, data)) {
                assertThat(service.client().get("/api/health").statusCode()).isEqualTo(200);
                eventually(() -> index.note(PassageIndex.Note.CALIBRATION).isPresent());
            }
            assertThat(Calibrations.words(index, embedder.space())).startsWith("fitted on 40 ");
        }
    }

    private static void eventually(BooleanSupplier condition) {
        long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).isLessThan(deadline);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
        }
    }

    private List<String> prompts() {
        return outside.gemini.requests().stream()
                .filter(request -> request.path().contains("streamGenerateContent"))
                .map(FakeGemini.Request::body)
                .toList();
    }

    /** A question is recorded after its answer has begun, on a thread of its own. */
    private void awaitRecorded(String... questions) {
        eventually(() ->
                Set.copyOf(outside.postgres.list("select question from unanswered"))
                        .equals(Set.of(questions)));
    }

    @Test
    void sendsPiecesThatCameTogetherInOneChunkAndHoldsNoneBack() throws IOException {
        outside.fill(data);
        CountDownLatch read = new CountDownLatch(1);
        outside.gemini.generation(
                Reply.begun(wire -> {
                    String three =
                            Stream.of("The default ", "is 4.2 metres ", "[Source 1]")
                                    .map(piece ->
                                            "data: " + GoogleReplies.piece(piece) + "\r\n\r\n")
                                    .collect(Collectors.joining());
                    wire.chunk(three.getBytes(StandardCharsets.UTF_8));
                    await(read);
                    wire.event(GoogleReplies.finish(".", "STOP"));
                    wire.endStream();
                }));
        // A comment in between would be a chunk of its own.
        Map<String, String> quiet = Map.of("DOCENT_SERVER_HEARTBEAT", "15s");
        try (LiveService service = LiveService.start(outside, data, quiet);
                Socket socket = service.ask(THRESHOLD)) {
            StringBuilder answer = new StringBuilder();
            InputStream in = socket.getInputStream();
            for (int next = in.read(); next >= 0; next = in.read()) {
                answer.append((char) next);
                if (answer.toString().endsWith("[Source 1]\"}\n\n")) {
                    read.countDown();
                }
            }
            String events =
                    """
                    data: {"type":"token","content":"The default "}

                    data: {"type":"token","content":"is 4.2 metres "}

                    data: {"type":"token","content":"[Source 1]"}

                    """;
            assertThat(answer)
                    .contains(
                            "\r\n"
                                    + Integer.toHexString(events.length())
                                    + "\r\n"
                                    + events
                                    + "\r\n");
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(60, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void takesTheOlderCollectionAndTablesAsTheyAre() {
        UUID conversation = UUID.randomUUID();
        fillAsTheOlderBackendDid(conversation);
        try (LiveService service = LiveService.start(outside, data)) {
            Answer answer =
                    service.client()
                            .ask(
                                    Map.of(
                                            "message",
                                            THRESHOLD,
                                            "conversation_id",
                                            conversation.toString()));

            assertThat(answer.conversation()).isEqualTo(conversation);
            assertThat(answer.text()).isEqualTo("The default is 4.2 metres [Source 1].");
            JsonNode source = answer.sources().get(0);
            assertThat(source.path("file").asText()).isEqualTo("docs/guides/alarms.mdx");
            assertThat(source.path("heading").asText()).isEqualTo("Alarms > Setting the threshold");
            JsonNode messages =
                    service.client()
                            .json(service.client().get("/api/conversation/" + conversation))
                            .path("messages");
            assertThat(messages.findValuesAsText("content"))
                    .containsExactly("Hello?", "Hi.", THRESHOLD, answer.text());
            assertThat(outside.qdrant.collections()).containsExactly("docusaurus-book");
        }
    }

    @Test
    void healthNamesWhatIsThere() {
        outside.fill(data);
        try (LiveService service = LiveService.start(outside, data)) {
            JsonNode health = service.client().json(service.client().get("/api/health"));

            assertThat(health.path("status").asText()).isEqualTo("healthy");
            assertThat(health.at("/services/qdrant/collection").asText())
                    .isEqualTo("docusaurus-book");
            assertThat(health.at("/services/qdrant/vectors").asInt()).isPositive();
            assertThat(health.at("/services/postgres/status").asText()).isEqualTo("connected");
            assertThat(health.at("/services/gemini/model").asText()).isEqualTo("gemini-3.8-flash");
        }
    }

    private void fillAsTheOlderBackendDid(UUID conversation) {
        String text = "The default threshold is 4.2 metres.";
        outside.qdrant.createOld("docusaurus-book", 768);
        try (Embedder embedder = Adapters.embedder(outside.settings(data, Map.of()))) {
            float[] vector = embedder.embedQuery(text);
            outside.qdrant.putOld(
                    "docusaurus-book",
                    Map.of(
                            "file_path",
                            "docs/guides/alarms.mdx",
                            "heading_path",
                            List.of("Alarms", "Setting the threshold"),
                            "section_depth",
                            2L,
                            "content",
                            text,
                            "token_count",
                            9L),
                    vector);
        }
        outside.postgres.run(
                "create table conversations (id uuid primary key, created_at timestamp, updated_at timestamp)",
                "create table messages (id uuid primary key, conversation_id uuid references"
                        + " conversations on delete cascade, role varchar(20), content text,"
                        + " sources jsonb, created_at timestamp)",
                "insert into conversations values ('" + conversation + "', now(), now())",
                "insert into messages values (gen_random_uuid(), '"
                        + conversation
                        + "', 'user', 'Hello?', null, '2025-01-01 10:00:00')",
                "insert into messages values (gen_random_uuid(), '"
                        + conversation
                        + "', 'assistant', 'Hi.', '[]', '2025-01-01 10:00:01')");
    }
}
