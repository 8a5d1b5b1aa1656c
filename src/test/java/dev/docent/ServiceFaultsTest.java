package dev.docent;

import static dev.docent.ServiceFaultsTest.Outcome.ANSWERED;
import static dev.docent.ServiceFaultsTest.Outcome.FAILED;
import static dev.docent.ServiceFaultsTest.Outcome.QUOTED;
import static dev.docent.gemini.GoogleReplies.error;
import static dev.docent.gemini.GoogleReplies.finish;
import static dev.docent.gemini.GoogleReplies.piece;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.docent.gemini.GoogleReplies;
import dev.docent.gemini.Reply;
import dev.docent.http.WidgetClient.Answer;
import dev.docent.qdrant.FakeQdrant.Fault;
import io.grpc.Status;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What a reader sees of each fault of a dependency, at each moment, and what is stored of it.
 * Writes the table with the times it took into {@code target/faults/service.md}.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ServiceFaultsTest {
    private static final String THRESHOLD = "What is the default threshold in metres?";
    private static final String ANSWER = "The default is 4.2 metres [Source 1].";

    private static final Map<String, String> SHORT_LIMITS =
            Map.ofEntries(
                    Map.entry("DOCENT_GEMINI_FIRST_TOKEN_TIMEOUT", "3s"),
                    Map.entry("DOCENT_GEMINI_IDLE_TIMEOUT", "3s"),
                    Map.entry("DOCENT_GEMINI_EMBED_TIMEOUT", "2s"),
                    Map.entry("DOCENT_QDRANT_TIMEOUT", "2s"),
                    Map.entry("DOCENT_DATABASE_CONNECTION_TIMEOUT", "2s"),
                    Map.entry("DOCENT_DATABASE_SOCKET_TIMEOUT", "2s"),
                    Map.entry("DOCENT_HEALTH_INTERVAL", "1h"),
                    Map.entry("DOCENT_CHAT_MAX_ANSWER", "64KiB"),
                    Map.entry("DOCENT_SERVER_SHUTDOWN_GRACE", "3s"));

    private static final String LONGEST = "longest answer reached";
    private static final String HUGE = "a token of 1 MB";
    private static final String ENDLESS = "an answer that never ends";

    /** After these the answer is as long as one may be, and says that it was cut. */
    private static final Set<String> TOO_LONG = Set.of(LONGEST, HUGE, ENDLESS);

    private static final int SIDE_BY_SIDE = 4;

    /** What the reader gets. */
    enum Outcome {
        /** The model's answer. */
        ANSWERED,
        /** An error, and then the best passages. */
        QUOTED,
        /** An error and nothing more. */
        FAILED
    }

    /**
     * A fault.
     *
     * @param code of the error event, empty where there is none
     * @param stored whether the exchange is in the database when {@code done} is sent
     */
    record Row(
            String dependency,
            String moment,
            String fault,
            Consumer<Outside> apply,
            Outcome outcome,
            String code,
            boolean stored,
            Map<String, String> request) {
        @Override
        public String toString() {
            return dependency + ", " + moment + ": " + fault;
        }
    }

    private static Row model(String moment, String fault, Reply reply, Outcome out, String code) {
        return new Row(
                "Gemini, answer",
                moment,
                fault,
                outside -> outside.gemini.generation(reply),
                out,
                code,
                true,
                Map.of());
    }

    private static Row embedding(String fault, Reply reply) {
        return new Row(
                "Gemini, embedding",
                "start",
                fault,
                outside -> outside.gemini.embedding(reply),
                ANSWERED,
                "",
                true,
                Map.of());
    }

    private static Row qdrant(String moment, String fault, Fault how, Outcome out, String code) {
        return new Row(
                "Qdrant",
                moment,
                fault,
                outside -> outside.qdrant.fault(how),
                out,
                code,
                true,
                Map.of());
    }

    private static Row network(String fault, Consumer<Outside> apply, Outcome out, String code) {
        return new Row("Qdrant", "start", fault, apply, out, code, true, Map.of());
    }

    private static Row postgres(
            String moment, String fault, Consumer<Outside> apply, boolean stored) {
        return new Row("PostgreSQL", moment, fault, apply, ANSWERED, "", stored, Map.of());
    }

    private static Reply midway(Reply.Rest rest) {
        return Reply.begun(rest, "The default is 4.2 metres ", "[Source 1]");
    }

    private static Reply whileAnswering(Runnable fault) {
        return Reply.begun(
                wire -> {
                    fault.run();
                    wire.event(finish("[Source 1].", "STOP"));
                    wire.endStream();
                },
                "The default is 4.2 metres ");
    }

    static Stream<Row> rows() {
        List<Row> rows = new ArrayList<>();
        String start = "start";
        String middle = "mid-answer";
        String end = "end";
        rows.add(
                model(
                        start,
                        "quota of the minute",
                        Reply.status(429, GoogleReplies.minuteQuota("40s")),
                        QUOTED,
                        "quota_exceeded"));
        rows.add(
                model(
                        start,
                        "quota of the day",
                        Reply.status(429, GoogleReplies.dailyQuota()),
                        QUOTED,
                        "quota_exceeded"));
        rows.add(
                model(
                        start,
                        "503 overloaded",
                        Reply.status(503, GoogleReplies.overloaded()),
                        QUOTED,
                        "overloaded"));
        rows.add(
                model(
                        start,
                        "500",
                        Reply.status(500, error(500, "INTERNAL", "x")),
                        QUOTED,
                        "overloaded"));
        rows.add(
                model(
                        start,
                        "invalid key",
                        Reply.status(400, GoogleReplies.invalidKey()),
                        QUOTED,
                        "model_failed"));
        rows.add(
                model(
                        start,
                        "leaked key",
                        Reply.status(403, GoogleReplies.leakedKey()),
                        QUOTED,
                        "model_failed"));
        rows.add(
                model(
                        start,
                        "model retired",
                        Reply.status(404, GoogleReplies.unknownModel("m")),
                        QUOTED,
                        "model_failed"));
        rows.add(
                model(
                        start,
                        "request too large",
                        Reply.status(413, error(413, "INVALID_ARGUMENT", "x")),
                        QUOTED,
                        "model_failed"));
        rows.add(model(start, "redirected", Reply.status(302, "{}"), QUOTED, "model_failed"));
        rows.add(model(start, "silence", Reply.silence(), QUOTED, "timeout"));
        rows.add(model(start, "reset", Reply.reset(), QUOTED, "model_failed"));
        rows.add(model(start, "closes", (_, wire) -> wire.close(), QUOTED, "model_failed"));
        rows.add(
                model(
                        start,
                        "no HTTP",
                        (_, wire) -> wire.raw("hello\r\n\r\n"),
                        QUOTED,
                        "model_failed"));
        rows.add(
                model(
                        start,
                        "a web page",
                        (_, wire) -> wire.json(200, "<html>"),
                        QUOTED,
                        "model_failed"));
        rows.add(
                model(
                        start,
                        "prompt blocked",
                        Reply.begun(wire -> {
                            wire.event(GoogleReplies.blockedPrompt("SAFETY"));
                            wire.endStream();
                        }),
                        QUOTED,
                        "blocked"));
        rows.add(
                model(
                        start,
                        "error as an event",
                        Reply.begun(wire -> {
                            wire.event(GoogleReplies.overloaded().replace("\n", ""));
                            wire.endStream();
                        }),
                        QUOTED,
                        "overloaded"));
        rows.add(
                model(start, "end without a word", Reply.finished("STOP"), QUOTED, "model_failed"));
        rows.add(
                model(
                        start,
                        "thoughts alone",
                        Reply.begun(wire -> {
                            wire.event(GoogleReplies.thought("hm"));
                            wire.event(finish("", "STOP"));
                            wire.endStream();
                        }),
                        QUOTED,
                        "model_failed"));
        rows.add(model(middle, "reset", midway(wire -> wire.reset()), QUOTED, "model_failed"));
        rows.add(model(middle, "closes", midway(wire -> wire.close()), QUOTED, "model_failed"));
        rows.add(model(middle, "silence", midway(wire -> wire.hang()), QUOTED, "timeout"));
        rows.add(
                model(
                        middle,
                        "end without finish",
                        midway(wire -> wire.endStream()),
                        QUOTED,
                        "model_failed"));
        rows.add(
                model(
                        middle,
                        "error as an event",
                        midway(wire -> {
                            wire.event(GoogleReplies.overloaded().replace("\n", ""));
                            wire.endStream();
                        }),
                        QUOTED,
                        "overloaded"));
        rows.add(
                model(
                        middle,
                        "garbage",
                        midway(wire -> wire.event("{{{")),
                        QUOTED,
                        "model_failed"));
        rows.add(
                model(
                        middle,
                        "answer blocked",
                        Reply.finished("SAFETY", "The default"),
                        QUOTED,
                        "blocked"));
        rows.add(
                model(
                        middle,
                        "recitation",
                        Reply.finished("RECITATION", "The default"),
                        QUOTED,
                        "blocked"));
        rows.add(
                model(
                        middle,
                        "invalid UTF-8 over two chunks",
                        Reply.begun(
                                wire -> {
                                    byte[] event =
                                            ("data: " + piece("a\u00e9b") + "\r\n\r\n")
                                                    .getBytes(StandardCharsets.ISO_8859_1);
                                    wire.chunk(java.util.Arrays.copyOf(event, 80));
                                    wire.chunk(
                                            java.util.Arrays.copyOfRange(event, 80, event.length));
                                    wire.event(finish("", "STOP"));
                                    wire.endStream();
                                },
                                ANSWER),
                        ANSWERED,
                        ""));
        rows.add(model(middle, HUGE, Reply.answer("x".repeat(1 << 20)), ANSWERED, ""));
        rows.add(
                model(
                        middle,
                        ENDLESS,
                        Reply.begun(wire -> {
                            while (true) {
                                wire.event(piece("word ".repeat(100)));
                            }
                        }),
                        ANSWERED,
                        ""));
        rows.add(
                model(
                        end,
                        "silence after the finish",
                        Reply.begun(
                                wire -> {
                                    wire.event(finish("", "STOP"));
                                    wire.hang();
                                },
                                ANSWER),
                        ANSWERED,
                        ""));
        rows.add(
                model(
                        end,
                        "reset after the finish",
                        Reply.begun(
                                wire -> {
                                    wire.event(finish("", "STOP"));
                                    wire.reset();
                                },
                                ANSWER),
                        ANSWERED,
                        ""));
        rows.add(model(end, LONGEST, Reply.finished("MAX_TOKENS", ANSWER), ANSWERED, ""));

        rows.add(embedding("quota of the day", Reply.status(429, GoogleReplies.dailyQuota())));
        rows.add(embedding("503 overloaded", Reply.status(503, GoogleReplies.overloaded())));
        rows.add(embedding("invalid key", Reply.status(400, GoogleReplies.invalidKey())));
        rows.add(embedding("silence", Reply.silence()));
        rows.add(embedding("reset", Reply.reset()));
        rows.add(embedding("garbage", Reply.status(200, "{\"embeddings\":7}")));
        rows.add(
                embedding(
                        "another dimension",
                        Reply.status(200, "{\"embeddings\":[{\"values\":[1,2,3]}]}")));

        rows.add(
                qdrant(
                        start,
                        "unavailable",
                        new Fault.Refuse(Status.UNAVAILABLE),
                        FAILED,
                        "retrieval_failed"));
        rows.add(
                qdrant(
                        start,
                        "key refused",
                        new Fault.Refuse(Status.UNAUTHENTICATED),
                        FAILED,
                        "retrieval_failed"));
        rows.add(
                qdrant(
                        start,
                        "no right",
                        new Fault.Refuse(Status.PERMISSION_DENIED),
                        FAILED,
                        "retrieval_failed"));
        rows.add(
                qdrant(
                        start,
                        "internal error",
                        new Fault.Refuse(Status.INTERNAL),
                        FAILED,
                        "retrieval_failed"));
        rows.add(
                qdrant(
                        start,
                        "rate limit",
                        new Fault.Refuse(Status.RESOURCE_EXHAUSTED),
                        FAILED,
                        "overloaded"));
        rows.add(
                qdrant(
                        start,
                        "aborts",
                        new Fault.Refuse(Status.ABORTED),
                        FAILED,
                        "retrieval_failed"));
        rows.add(
                qdrant(
                        start,
                        "the collection is gone",
                        new Fault.Refuse(Status.NOT_FOUND),
                        FAILED,
                        "retrieval_failed"));
        rows.add(
                qdrant(
                        middle,
                        "unavailable after the first call",
                        new Fault.After(1, new Fault.Refuse(Status.UNAVAILABLE)),
                        FAILED,
                        "retrieval_failed"));
        rows.add(qdrant(start, "hangs", new Fault.Hang(), FAILED, "timeout"));
        rows.add(qdrant(start, "slow", new Fault.Delay(Duration.ofMillis(200)), ANSWERED, ""));
        rows.add(
                qdrant(
                        middle,
                        "hangs after the first call",
                        new Fault.After(1, new Fault.Hang()),
                        FAILED,
                        "timeout"));
        rows.add(
                network(
                        "refuses connections",
                        outside -> {
                            outside.toQdrant.refuse();
                            outside.toQdrant.cut();
                        },
                        FAILED,
                        "retrieval_failed"));
        rows.add(
                network(
                        "the network hangs",
                        outside -> outside.toQdrant.hang(),
                        FAILED,
                        "timeout"));
        rows.add(
                network(
                        "an idle connection is reset",
                        outside -> outside.toQdrant.reset(),
                        ANSWERED,
                        ""));
        rows.add(
                new Row(
                        "Qdrant",
                        start,
                        "hangs, question on a selection",
                        outside -> outside.qdrant.fault(new Fault.Hang()),
                        ANSWERED,
                        "",
                        true,
                        Map.of("mode", "selection", "context", "The default is 4.2 metres.")));

        rows.add(
                postgres(
                        start,
                        "refuses connections",
                        outside -> {
                            outside.toPostgres.refuse();
                            outside.toPostgres.cut();
                        },
                        false));
        rows.add(postgres(start, "hangs", outside -> outside.toPostgres.hang(), false));
        rows.add(
                postgres(
                        start,
                        "idle connections are closed",
                        outside -> outside.toPostgres.cut(),
                        true));
        rows.add(
                postgres(
                        start,
                        "idle connections are reset",
                        outside -> outside.toPostgres.reset(),
                        true));
        rows.add(
                postgres(
                        start,
                        "slow",
                        outside -> outside.toPostgres.delay(Duration.ofMillis(20)),
                        true));
        rows.add(
                postgres(
                        middle,
                        "hangs",
                        outside ->
                                outside.gemini.generation(whileAnswering(outside.toPostgres::hang)),
                        false));
        rows.add(
                postgres(
                        middle,
                        "connections are closed",
                        outside ->
                                outside.gemini.generation(whileAnswering(outside.toPostgres::cut)),
                        true));
        rows.add(
                postgres(
                        middle,
                        "goes away",
                        outside ->
                                outside.gemini.generation(
                                        whileAnswering(() -> {
                                            outside.toPostgres.refuse();
                                            outside.toPostgres.reset();
                                        })),
                        false));
        rows.add(
                postgres(
                        start,
                        "a table is not there",
                        outside -> outside.postgres.run("alter table messages rename to gone"),
                        false));
        rows.add(
                postgres(
                        middle,
                        "a table goes away",
                        outside ->
                                outside.gemini.generation(
                                        whileAnswering(() ->
                                                outside.postgres.run(
                                                        "alter table messages rename to gone"))),
                        false));
        rows.add(
                new Row(
                        "PostgreSQL",
                        start,
                        "hangs, a conversation goes on",
                        outside -> outside.toPostgres.hang(),
                        ANSWERED,
                        "",
                        false,
                        Map.of("conversation_id", UUID.randomUUID().toString())));
        rows.add(
                new Row(
                        "PostgreSQL",
                        start,
                        "refuses connections, a conversation goes on",
                        outside -> {
                            outside.toPostgres.refuse();
                            outside.toPostgres.cut();
                        },
                        ANSWERED,
                        "",
                        false,
                        Map.of("conversation_id", UUID.randomUUID().toString())));
        return rows.stream();
    }

    /** What became of a row. */
    private record Result(Answer answer, String stored, long millis, boolean clean) {}

    private final Map<String, Future<Result>> results = new LinkedHashMap<>();

    /** The rows share a few sets of dependencies, side by side, since they mostly wait. */
    @BeforeAll
    void tryAll(@TempDir Path folder) throws InterruptedException {
        BlockingQueue<FutureTask<Result>> tasks = new LinkedBlockingQueue<>();
        List<Thread> workers = new ArrayList<>();
        ScopedValue<Place> place = ScopedValue.newInstance();
        rows().forEach(row -> {
            FutureTask<Result> task = new FutureTask<>(() -> tried(row, place.get()));
            results.put(row.toString(), task);
            tasks.add(task);
        });
        for (int n = 0; n < SIDE_BY_SIDE; n++) {
            Path data = folder.resolve("" + n);
            workers.add(
                    Thread.ofPlatform()
                            .daemon()
                            .start(() -> {
                                try (Outside outside = Outside.filled(data)) {
                                    ScopedValue.where(place, new Place(outside, data))
                                            .run(() -> runAll(tasks));
                                }
                            }));
        }
        for (Thread worker : workers) {
            worker.join();
        }
        // None is left, except where the dependencies could not be started.
        tasks.forEach(task -> task.cancel(false));
    }

    private record Place(Outside outside, Path data) {}

    private static void runAll(BlockingQueue<FutureTask<Result>> tasks) {
        for (FutureTask<Result> task = tasks.poll(); task != null; task = tasks.poll()) {
            task.run();
        }
    }

    private static Result tried(Row row, Place place) {
        Outside outside = place.outside();
        outside.gemini.generation(Reply.answer("The default is 4.2 metres ", "[Source 1]."));
        Answer answer;
        long took;
        try (LiveService service = LiveService.start(outside, place.data(), SHORT_LIMITS)) {
            // Another question first, so that the words of the index are known.
            service.client().ask(Map.of("message", "How long are readings kept?"));
            row.apply().accept(outside);
            Map<String, String> request = new HashMap<>(row.request());
            request.put("message", THRESHOLD);
            long began = System.nanoTime();
            answer = service.client().ask(request);
            took = (System.nanoTime() - began) / 1_000_000;
        } finally {
            outside.gemini.heal();
            outside.qdrant.fault(new Fault.None());
            outside.toQdrant.heal();
            outside.toPostgres.heal();
            outside.postgres.run("alter table if exists gone rename to messages");
        }
        boolean clean =
                await(() ->
                        outside.gemini.connections() == 0
                                && outside.toQdrant.open() == 0
                                && outside.toPostgres.open() == 0);
        return new Result(answer, rowsOf(outside, answer), took, clean);
    }

    @Test
    void writesTheTable() throws Exception {
        List<String> table = new ArrayList<>();
        for (Row row : rows().toList()) {
            Result result = Objects.requireNonNull(results.get(row.toString())).get();
            table.add(
                    "| %s | %s | %s | %s | %s | %d ms | %s |"
                            .formatted(
                                    row.dependency(),
                                    row.moment(),
                                    row.fault(),
                                    saw(result.answer()),
                                    result.stored(),
                                    result.millis(),
                                    result.clean() ? "nothing" : "connections"));
        }
        assertThat(table).hasSizeGreaterThanOrEqualTo(60);
        Path file = Path.of("target/faults/service.md");
        Files.createDirectories(file.getParent());
        Files.writeString(
                file,
                "| dependency | moment | fault | reader saw | stored | took | left behind |\n"
                        + "| --- | --- | --- | --- | --- | --- | --- |\n"
                        + String.join("\n", table)
                        + "\n");
    }

    @ParameterizedTest
    @MethodSource("rows")
    void theReaderGetsWhatCanBeHad(Row row) throws Exception {
        Result result = Objects.requireNonNull(results.get(row.toString())).get();
        check(row, result.answer(), result.stored());
        assertThat(result.clean()).as("nothing is left behind").isTrue();
    }

    private void check(Row row, Answer answer, String rows) {
        assertThat(answer.response().statusCode()).isEqualTo(200);
        assertThat(answer.types()).startsWith("metadata").endsWith("done").contains("token");
        assertThat(count(answer, "metadata")).isOne();
        assertThat(count(answer, "done")).isOne();
        assertThat(code(answer)).isEqualTo(row.code());
        JsonNode done = answer.events().getLast();
        assertThat(done.path("stored").asBoolean(true)).isEqualTo(row.stored());
        assertThat(done.path("truncated").asBoolean()).isEqualTo(TOO_LONG.contains(row.fault()));
        if (row.stored()) {
            assertThat(rows).startsWith("2 messages");
        } else {
            assertThat(rows).isIn("0 messages", "2 messages");
        }
        switch (row.outcome()) {
            case ANSWERED -> assertThat(count(answer, "error")).isZero();
            case QUOTED -> {
                assertThat(answer.text()).contains("4.2 metres").contains("[Source 1]");
                assertThat(answer.sources()).isNotEmpty();
            }
            case FAILED -> assertThat(answer.sources()).isEmpty();
        }
    }

    private static long count(Answer answer, String type) {
        return answer.events().stream()
                .filter(event -> event.path("type").asText().equals(type))
                .count();
    }

    private static String code(Answer answer) {
        return answer.events().stream()
                .filter(event -> event.path("type").asText().equals("error"))
                .map(event -> event.path("code").asText())
                .findFirst()
                .orElse("");
    }

    private static String saw(Answer answer) {
        String code = code(answer);
        String text = answer.text();
        String shown = text.length() < 90 ? text : text.substring(0, 90) + "…";
        return (code.isEmpty() ? "" : "`" + code + "`: ")
                + shown.replace("\n", " ").replace("|", "\\|")
                + " ("
                + text.length()
                + " characters, "
                + answer.sources().size()
                + " sources)";
    }

    private static String rowsOf(Outside outside, Answer answer) {
        UUID id = answer.conversation();
        return outside.postgres
                .list(
                        "select count(*) || ' messages' || case when bool_or(incomplete) then"
                                + " ', incomplete' else '' end from messages where conversation_id = '"
                                + id
                                + "'")
                .getFirst();
    }

    private static boolean await(BooleanSupplier condition) {
        long deadline = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                return false;
            }
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
        }
        return true;
    }
}
