package dev.docent;

import static dev.docent.gemini.GoogleReplies.error;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.databind.JsonNode;
import dev.docent.cli.Commands;
import dev.docent.gemini.FakeGemini;
import dev.docent.gemini.GoogleReplies;
import dev.docent.gemini.Reply;
import dev.docent.http.WidgetClient;
import dev.docent.http.WidgetClient.Answer;
import dev.docent.qdrant.FakeQdrant.Fault;
import io.grpc.Status;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Health follows what readers get, while looks at the dependencies show nothing. */
class ServiceHealthTest {
    private static final String THRESHOLD = "What is the default threshold in metres?";

    /** Pauses longer than any test, so that only calls can tell; and a short wait for these. */
    private static final Map<String, String> NO_LOOKS =
            Map.of(
                    "DOCENT_HEALTH_INTERVAL", "1h",
                    "DOCENT_HEALTH_DATABASE_INTERVAL", "1d",
                    "DOCENT_DATABASE_CONNECTION_TIMEOUT", "1s");

    private static final Reply WELL = Reply.answer("The default is 4.2 metres [Source 1].");

    @TempDir private Path data;
    private Outside outside;

    @BeforeEach
    void fill() {
        outside = Outside.filled(data);
        outside.gemini.generation(WELL);
    }

    @AfterEach
    void stop() {
        outside.close();
    }

    static Stream<Arguments> refusals() {
        return Stream.of(
                arguments("Gemini's quota by the day is used up", 429, GoogleReplies.dailyQuota()),
                arguments(
                        "The money for the Gemini API is used up",
                        429,
                        error(429, "RESOURCE_EXHAUSTED", "Your prepayment credits are depleted.")),
                arguments("Gemini answered 503 UNAVAILABLE", 503, GoogleReplies.overloaded()),
                arguments(
                        "Gemini has no model",
                        404,
                        error(404, "NOT_FOUND", "It is not for new users.")));
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void tellsWhyTheModelRefusesReadersAlthoughItCanBeLookedAt(
            String words, int status, String body) {
        try (LiveService service = LiveService.start(outside, data, NO_LOOKS)) {
            assertThat(state(service)).isEqualTo("healthy");
            outside.gemini.generation(Reply.status(status, body));
            service.client().ask(THRESHOLD);
            assertThat(state(service)).isEqualTo("degraded: gemini");
            assertThat(service(service, "gemini").path("error").asText()).startsWith(words);
            outside.gemini.generation(WELL);
            service.client().ask(THRESHOLD);
            assertThat(state(service)).isEqualTo("healthy");
        }
    }

    @Test
    void tellsOfUselessAnswersOnceTheyAreNoCoincidence() {
        try (LiveService service = LiveService.start(outside, data, NO_LOOKS)) {
            outside.gemini.generation(Reply.finished("STOP"));
            service.client().ask(THRESHOLD);
            assertThat(state(service)).isEqualTo("healthy");
            service.client().ask(THRESHOLD);
            service.client().ask(THRESHOLD);
            assertThat(state(service)).isEqualTo("degraded: gemini");
            assertThat(service(service, "gemini").path("error").asText())
                    .isEqualTo("Gemini's answer was empty.");
        }
    }

    @Test
    void isNotHealthyWhileABreakerIsOpen() {
        try (LiveService service = LiveService.start(outside, data, NO_LOOKS)) {
            outside.gemini.generation(Reply.status(429, GoogleReplies.dailyQuota()));
            for (int i = 0; i < 6; i++) {
                service.client().ask(THRESHOLD);
            }
            outside.gemini.generation(WELL);
            assertThat(service.client().ask(THRESHOLD).types()).contains("error");
            assertThat(state(service)).isEqualTo("degraded: gemini");
        }
    }

    @Test
    void tellsThatTheVectorOfAQuestionIsNotToBeHad() {
        try (LiveService service = LiveService.start(outside, data, NO_LOOKS)) {
            outside.gemini.embedding(Reply.status(429, GoogleReplies.dailyQuota()));
            service.client().ask(THRESHOLD);
            assertThat(state(service)).isEqualTo("degraded: gemini");
            assertThat(service(service, "gemini").path("error").asText())
                    .contains("gemini-embedding-001");
        }
    }

    @Test
    void tellsThatAnExchangeIsLostAndThatTheNextOneIsNot() {
        try (LiveService service = LiveService.start(outside, data, NO_LOOKS)) {
            assertThat(state(service)).isEqualTo("healthy");
            outside.toPostgres.refuse();
            outside.toPostgres.cut();
            Answer answer = service.client().ask(THRESHOLD);
            assertThat(answer.events().getLast().path("stored").asBoolean(true)).isFalse();
            // A connection is waited for before the exchange is lost.
            assertThat(ServiceDownTest.await(() -> state(service).equals("degraded: postgres")))
                    .isTrue();
            assertThat(service(service, "postgres").path("error").asText())
                    .contains("127.0.0.1:" + outside.toPostgres.port() + " cannot be reached");
            String strangers =
                    service.client()
                            .get("/api/health", Map.of("X-Forwarded-For", "203.0.113.1"))
                            .body();
            assertThat(strangers)
                    .contains("…:" + outside.toPostgres.port() + " cannot be reached")
                    .doesNotContain("127.0.0.1");
            assertThat(service.client().get("/observe/health").body())
                    .contains("…:" + outside.toPostgres.port() + " cannot be reached")
                    .doesNotContain("127.0.0.1");
            outside.toPostgres.heal();
            service.client().ask(THRESHOLD);
            assertThat(state(service)).isEqualTo("healthy");
        }
    }

    @Test
    void noticesByItselfThatTheDatabaseIsBack() {
        try (LiveService service = LiveService.start(outside, data, NO_LOOKS)) {
            outside.toPostgres.refuse();
            outside.toPostgres.cut();
            service.client().ask(THRESHOLD);
            assertThat(ServiceDownTest.await(() -> !state(service).equals("healthy"))).isTrue();
            outside.toPostgres.heal();
            assertThat(ServiceDownTest.await(() -> state(service).equals("healthy"))).isTrue();
        }
    }

    @Test
    void noticesWithoutAQuestionThatTheDatabasesPortIsClosed() {
        Map<String, String> often = new HashMap<>(NO_LOOKS);
        often.put("DOCENT_HEALTH_INTERVAL", "1s");
        try (LiveService service = LiveService.start(outside, data, often)) {
            assertThat(state(service)).isEqualTo("healthy");
            outside.toPostgres.close();
            assertThat(
                            ServiceDownTest.await(() ->
                                    service(service, "postgres")
                                            .path("error")
                                            .asText()
                                            .endsWith(" cannot be reached.")))
                    .isTrue();
        }
    }

    @Test
    void tellsThatASearchFailedAndStillLetsTheNextOneTry() {
        try (LiveService service = LiveService.start(outside, data, NO_LOOKS)) {
            outside.qdrant.fault(new Fault.Refuse(Status.UNAVAILABLE));
            assertThat(service.client().ask(THRESHOLD).types()).contains("error");
            assertThat(state(service)).isEqualTo("degraded: qdrant");
            outside.qdrant.fault(new Fault.None());
            assertThat(service.client().ask(THRESHOLD).text()).contains("4.2 metres");
            assertThat(state(service)).isEqualTo("healthy");
        }
    }

    @Test
    void agreesInAllPlacesOnWhatIsReady() {
        outside.toPostgres.refuse();
        try (LiveService service = LiveService.start(outside, data, NO_LOOKS)) {
            assertThat(state(service)).isEqualTo("degraded: postgres");
            assertThat(statuses(service, "/api/health", "/observe/health"))
                    .containsExactly(503, 503);
            String[] ready = {"/api/health/ready", "/observe/health/ready"};
            assertThat(statuses(service, ready)).containsExactly(200, 200);
            String[] live = {"/api/health/live", "/observe/health/live"};
            assertThat(statuses(service, live)).containsExactly(200, 200);
            outside.qdrant.fault(new Fault.Refuse(Status.UNAVAILABLE));
            for (int i = 0; i < 5; i++) {
                service.client().ask(THRESHOLD);
            }
            assertThat(state(service)).isEqualTo("unhealthy: qdrant, postgres");
            assertThat(statuses(service, ready)).containsExactly(503, 503);
            assertThat(statuses(service, live)).containsExactly(200, 200);
        }
    }

    @Test
    void buildsNoFollowUpOnTheWordsOfAFailure() {
        try (LiveService service = LiveService.start(outside, data, NO_LOOKS)) {
            outside.gemini.generation(Reply.status(404, error(404, "NOT_FOUND", "Gone.")));
            Answer failed = service.client().ask(THRESHOLD);
            outside.gemini.generation(WELL);
            service.client()
                    .ask(
                            Map.of(
                                    "message",
                                    "And how is it changed?",
                                    "conversation_id",
                                    failed.conversation().toString()));

            List<String> asked =
                    outside.gemini.requests().stream()
                            .map(FakeGemini.Request::body)
                            .filter(body -> body.contains("And how is it changed?"))
                            .toList();
            assertThat(asked).isNotEmpty();
            assertThat(asked).allMatch(body -> body.contains(THRESHOLD));
            assertThat(asked).noneMatch(body -> body.contains("cannot be used at the moment"));
        }
    }

    @Test
    void isNotReadyAnyMoreWhileTheLastAnswersEnd() throws Exception {
        outside.gemini.generation(Reply.paced(100_000, Duration.ofMillis(20)));
        LiveService service = LiveService.start(outside, data, NO_LOOKS);
        Thread closing = Thread.ofVirtual().unstarted(service::close);
        try (Socket reader = service.ask(THRESHOLD)) {
            assertThat(reader.getInputStream().read()).isPositive();
            closing.start();
            String[] ready = {"/api/health/ready", "/observe/health/ready"};
            assertThat(
                            ServiceDownTest.await(
                                    () -> statuses(service, ready).equals(List.of(503, 503))))
                    .isTrue();
            assertThat(statuses(service, "/api/health/live")).containsExactly(200);
            reader.setSoLinger(true, 0);
        }
        closing.join();
    }

    @Test
    void isStartingWhileTheDocumentationIsRead() throws Exception {
        Path docs = data.resolve("docs");
        Files.createDirectories(docs);
        for (int page = 0; page < 60; page++) {
            Files.writeString(docs.resolve(page + ".md"), "# Page " + page + "\n\nIt is so.\n");
        }
        Map<String, String> demo =
                Map.of(
                        "DOCENT_MODE",
                        "demo",
                        "DOCENT_DOCS",
                        docs.toString(),
                        "DOCENT_EMBEDDINGS",
                        "gemini",
                        "DOCENT_DATA",
                        data.resolve("new").toString());
        outside.gemini.embedding(Reply.reset());
        Settings settings = outside.settings(data, demo);
        Commands.log(settings, System.err);
        try (Docent docent =
                new Docent(settings, settings.origins()::allows, InstantSource.system())) {
            WidgetClient client = new WidgetClient(docent.port());
            HttpResponse<String> health = client.get("/api/health");
            assertThat(health.statusCode()).isEqualTo(503);
            assertThat(client.json(health).path("status").asText()).isEqualTo("starting");
            assertThat(client.get("/api/health/ready").statusCode()).isEqualTo(503);
            outside.gemini.heal();
            assertThat(docent.awaitWell(Duration.ofMinutes(1))).isTrue();
            assertThat(client.get("/api/health").statusCode()).isEqualTo(200);
            assertThat(client.get("/api/health/ready").statusCode()).isEqualTo(200);
        }
    }

    private static List<Integer> statuses(LiveService service, String... paths) {
        return List.of(paths).stream()
                .map(path -> service.client().get(path).statusCode())
                .toList();
    }

    /** The status, and the names of what fails; checks that the code fits. */
    private static String state(LiveService service) {
        HttpResponse<String> response = service.client().get("/api/health");
        JsonNode body = service.client().json(response);
        String status = body.path("status").asText();
        assertThat(response.statusCode()).isEqualTo(status.equals("healthy") ? 200 : 503);
        List<String> failed = new ArrayList<>();
        body.path("failed_services").forEach(name -> failed.add(name.asText()));
        return failed.isEmpty() ? status : status + ": " + String.join(", ", failed);
    }

    private static JsonNode service(LiveService service, String name) {
        return service.client()
                .json(service.client().get("/api/health"))
                .path("services")
                .path(name);
    }
}
