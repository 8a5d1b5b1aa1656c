package dev.docent;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.docent.gemini.Reply;
import dev.docent.http.WidgetClient.Answer;
import dev.docent.qdrant.FakeQdrant.Fault;
import io.grpc.Status;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What happens while a dependency stays down, and when the reader leaves. */
class ServiceDownTest {
    private static final String THRESHOLD = "What is the default threshold in metres?";
    private static final Map<String, String> JSON = Map.of("Content-Type", "application/json");
    private static final String BODY = "{\"message\":\"" + THRESHOLD + "\"}";

    @TempDir private Path data;
    private Outside outside;

    @BeforeEach
    void fill() {
        outside = Outside.filled(data);
        outside.gemini.generation(Reply.answer("The default is 4.2 metres [Source 1]."));
    }

    @AfterEach
    void stop() {
        outside.close();
    }

    @Test
    void rejectsAtOnceWhatNeedsAnIndexThatIsKnownToBeDown() {
        outside.qdrant.fault(new Fault.Refuse(Status.UNAVAILABLE));
        try (LiveService service = LiveService.start(outside, data)) {
            HttpResponse<String> rejected = service.client().post("/api/chat", BODY, JSON);

            assertThat(rejected.statusCode()).isEqualTo(503);
            assertThat(rejected.headers().firstValue("Retry-After")).isPresent();
            assertThat(rejected.body()).contains("please try again later");
            assertThat(service.client().get("/api/search?q=threshold").statusCode()).isEqualTo(503);
            assertThat(service.client().get("/api/health/ready").statusCode()).isEqualTo(503);
            assertThat(service.client().get("/api/health/ready").body())
                    .isEqualTo("{\"status\":\"starting\"}");
            HttpResponse<String> health = service.client().get("/api/health");
            assertThat(health.statusCode()).isEqualTo(503);
            assertThat(
                            health.body()
                                    .replaceAll("_at\":\"[0-9TZ:.-]+\"", "_at\":\"then\"")
                                    .replaceAll("stamp\":\"[0-9TZ:.-]+\"", "stamp\":\"now\"")
                                    .replaceAll("version\":\"[^\"]+\"", "version\":\"it\"")
                                    .replaceAll("_ms\":\\d+", "_ms\":0")
                                    .replaceAll("127.0.0.1:\\d+", "127.0.0.1:1"))
                    .isEqualTo(
                            """
                            {"status":"degraded","services":{"helidon":"ok",\
                            "qdrant":{"status":"disconnected",\
                            "error":"Qdrant at 127.0.0.1:1 failed: no reason given.",\
                            "recommended_action":"It is tried again by itself; if it stays,\
                             look at the cluster's status and log.","code":"DOCENT-069",\
                            "checked_at":"then"},\
                            "postgres":{"status":"connected","latency_ms":0,"checked_at":"then"},\
                            "gemini":{"status":"ok","model":"gemini-3.8-flash",\
                            "embedding_model":"gemini-embedding-001","latency_ms":0,\
                            "checked_at":"then"}},\
                            "failed_services":["qdrant"],"timestamp":"now","version":"it"}\
                            """);
            JsonNode observed =
                    service.client().json(service.client().get("/observe/health")).at("/checks/0");
            assertThat(observed.path("name").asText()).isEqualTo("qdrant");
            assertThat(observed.path("status").asText()).isEqualTo("DOWN");
            assertThat(observed.path("data").fieldNames())
                    .toIterable()
                    .containsOnly("status", "error", "recommended_action", "code", "checked_at");
            Answer selection =
                    service.client()
                            .ask(
                                    Map.of(
                                            "message", THRESHOLD,
                                            "mode", "selection",
                                            "context", "It is 4.2 metres."));
            assertThat(selection.types()).containsExactly("metadata", "token", "done");
        }
    }

    @Test
    void saysAtOnceThatANewConversationIsNotStoredWhileTheDatabaseIsDown() {
        outside.toPostgres.refuse();
        try (LiveService service = LiveService.start(outside, data)) {
            Answer answer = service.client().ask(THRESHOLD);

            assertThat(answer.types()).containsExactly("metadata", "token", "done");
            assertThat(answer.events().getFirst().path("stored").asBoolean(true)).isFalse();
            assertThat(answer.events().getLast().path("stored").asBoolean(true)).isFalse();
        }
    }

    @Test
    void asksADeadDependencyNoMoreAfterSomeFailures() {
        try (LiveService service =
                LiveService.start(outside, data, Map.of("DOCENT_HEALTH_INTERVAL", "1h"))) {
            outside.qdrant.fault(new Fault.Refuse(Status.UNAVAILABLE));
            for (int i = 0; i < 5; i++) {
                assertThat(service.client().ask(THRESHOLD).types()).contains("error");
            }
            outside.qdrant.forgetCalls();

            HttpResponse<String> rejected = service.client().post("/api/chat", BODY, JSON);

            assertThat(rejected.statusCode()).isEqualTo(503);
            assertThat(rejected.headers().firstValue("Retry-After"))
                    .hasValueSatisfying(
                            seconds -> assertThat(Integer.parseInt(seconds)).isBetween(1, 10));
            assertThat(outside.qdrant.calls()).doesNotContain("QueryBatch");
        }
    }

    @Test
    void quotesWithoutAskingAModelWhoseGateIsClosed() {
        try (LiveService service = LiveService.start(outside, data)) {
            outside.gemini.generation(Reply.reset());
            for (int i = 0; i < 5; i++) {
                service.client().ask(THRESHOLD);
            }
            outside.gemini.generation(Reply.answer("I am back."));

            Answer answer = service.client().ask(THRESHOLD);

            assertThat(answer.types()).containsExactly("metadata", "error", "token", "done");
            assertThat(answer.text()).contains("cannot be reached").contains("4.2 metres");
        }
    }

    @Test
    void endsTheModelsCallAndStoresOnceWhenTheReaderLeaves() throws Exception {
        CountDownLatch disconnected = new CountDownLatch(1);
        Reply endless = Reply.paced(100_000, Duration.ofMillis(5));
        outside.gemini.generation((request, wire) -> {
            try {
                endless.write(request, wire);
            } catch (IOException e) {
                disconnected.countDown();
                throw e;
            }
        });
        try (LiveService service = LiveService.start(outside, data)) {
            try (Socket reader = service.ask(THRESHOLD)) {
                BufferedReader lines =
                        new BufferedReader(
                                new InputStreamReader(
                                        reader.getInputStream(), StandardCharsets.UTF_8));
                String line = lines.readLine();
                while (!line.contains("\"token\"")) {
                    line = lines.readLine();
                }
                assertThat(outside.gemini.connections()).isPositive();
                reader.setSoLinger(true, 0);
            }
            assertThat(disconnected.await(20, TimeUnit.SECONDS)).isTrue();
            String count = "select count(*) from messages where role = 'assistant' and incomplete";
            assertThat(await(() -> outside.postgres.list(count).equals(List.of("1")))).isTrue();
            assertThat(outside.postgres.list("select count(*) from messages")).containsExactly("2");
        }
        assertThat(await(() -> outside.gemini.connections() == 0)).isTrue();
    }

    /** Whether something that nobody waits for happens within 20 seconds. */
    static boolean await(BooleanSupplier condition) {
        long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                return false;
            }
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
        }
        return true;
    }
}
