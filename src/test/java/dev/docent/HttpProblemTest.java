package dev.docent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.databind.JsonNode;
import dev.docent.http.WidgetClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Requests that are answered with a problem, and in which words. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HttpProblemTest {
    private static final Map<String, String> JSON = Map.of("Content-Type", "application/json");

    private DemoService service;
    private WidgetClient client;

    @BeforeAll
    void start(@TempDir Path data) {
        service = DemoService.start(data);
        client = service.client();
    }

    @AfterAll
    void stop() {
        service.close();
    }

    static Stream<Arguments> bodies() {
        String messageRule =
                "{\"type\":\"about:blank\",\"title\":\"Unprocessable Content\",\"status\":422,"
                        + "\"detail\":\"The field \\\"message\\\" must have 1 to 2000 characters.\","
                        + "\"errors\":[{\"field\":\"message\",\"rule\":\"must have 1 to 2000 characters\"}]}";
        String notJson =
                "{\"type\":\"about:blank\",\"title\":\"Bad Request\",\"status\":400,"
                        + "\"detail\":\"The request's body is not valid JSON.\"}";
        return Stream.of(
                arguments("{", 400, notJson),
                arguments("", 400, notJson),
                arguments("{\"message\":\"a\"} x", 400, notJson),
                arguments("{\"message\":\"a\"}{}", 400, notJson),
                arguments(
                        "[]",
                        422,
                        problem(
                                422,
                                "Unprocessable Content",
                                "The request's body must be a JSON object, such as {\\\"message\\\":\\\"…\\\"}.")),
                arguments("{}", 422, messageRule),
                arguments("{\"message\":null}", 422, messageRule),
                arguments("{\"message\":\"  \\n \"}", 422, messageRule),
                arguments("{\"message\":\"" + "x".repeat(2001) + "\"}", 422, messageRule),
                arguments("{\"message\":7}", 422, field("message", "must be a string")),
                arguments(
                        "{\"message\":\"a\\u0000b\"}",
                        422,
                        field("message", "must not hold a NUL or half a character")),
                arguments(
                        "{\"message\":\"a\\ud83d\"}",
                        422,
                        field("message", "must not hold a NUL or half a character")),
                arguments(
                        "{\"message\":\"a\",\"mode\":\"chat\"}",
                        422,
                        field("mode", "must be \\\"general\\\" or \\\"selection\\\"")),
                arguments(
                        "{\"message\":\"a\",\"conversation_id\":\"1-2-3-4-5\"}",
                        422,
                        field("conversation_id", "must be a UUID")),
                arguments(
                        "{\"message\":\"a\",\"page\":\"" + "p".repeat(513) + "\"}",
                        422,
                        field("page", "must have at most 512 characters")),
                arguments(
                        "{\"message\":\"a\",\"mode\":\"selection\"}",
                        400,
                        problem(
                                400,
                                "Bad Request",
                                "Selection mode answers from highlighted text; send it in the field \\\"context\\\".")),
                arguments(
                        "{\"message\":\"a\",\"conversation_id\":\"00000000-0000-4000-8000-000000000000\"}",
                        404,
                        problem(
                                404,
                                "Not Found",
                                "This conversation is not stored here; start a new one.")));
    }

    @ParameterizedTest
    @MethodSource("bodies")
    void rejectsABodyInWordsThatAReaderCanActOn(String body, int status, String problem) {
        HttpResponse<String> response = client.post("/api/chat", body, JSON);

        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(response.headers().firstValue("Content-Type"))
                .contains("application/problem+json");
        assertThat(response.body()).isEqualTo(problem);
    }

    @Test
    void countsCharactersAsCodePoints() {
        assertThat(client.ask("🌊".repeat(2000)).response().statusCode()).isEqualTo(200);
    }

    @Test
    void takesNullForWhatIsOptionalAndIgnoresUnknownFields() {
        HttpResponse<String> response =
                client.post(
                        "/api/chat",
                        "{\"message\":\"What is the default alarm threshold?\",\"mode\":null,"
                                + "\"context\":null,\"conversation_id\":null,\"page\":null,\"x\":[1]}",
                        JSON);

        assertThat(response.statusCode()).isEqualTo(200);
    }

    @Test
    void rejectsAnotherContentTypeAndNone() {
        String body = "{\"message\":\"a\"}";
        String expected =
                problem(
                        415,
                        "Unsupported Media Type",
                        "Send the question as JSON with Content-Type: application/json.");
        assertThat(client.post("/api/chat", body, Map.of("Content-Type", "text/plain")).body())
                .isEqualTo(expected);
        assertThat(client.post("/api/chat", body, Map.of()).body()).isEqualTo(expected);
        assertThat(
                        client.post(
                                        "/api/chat",
                                        "{}",
                                        Map.of("Content-Type", "application/json; charset=utf-8"))
                                .statusCode())
                .isEqualTo(422);
    }

    @Test
    void rejectsABodyOverTheLimitWhetherItsLengthIsAnnouncedOrNot() {
        String body = "{\"message\":\"a\",\"context\":\"" + "x".repeat(70_000) + "\"}";
        String expected =
                problem(
                        413,
                        "Request Entity Too Large",
                        "The request is larger than 64 KiB; shorten it.");
        assertThat(client.post("/api/chat", body, JSON).body()).isEqualTo(expected);
        assertThat(
                        client.send(
                                        "POST",
                                        "/api/chat",
                                        HttpRequest.BodyPublishers.ofInputStream(() ->
                                                new java.io.ByteArrayInputStream(
                                                        body.getBytes(
                                                                java.nio.charset.StandardCharsets
                                                                        .UTF_8))),
                                        JSON)
                                .body())
                .isEqualTo(expected);
    }

    @Test
    void tellsAnUnknownConversationFromWhatIsNoId() {
        assertThat(client.get("/api/conversation/00000000-0000-4000-8000-000000000000").body())
                .isEqualTo(problem(404, "Not Found", "This conversation is not stored here."));
        assertThat(client.get("/api/conversation/abc").body())
                .isEqualTo(field("id", "must be a UUID"));
    }

    @Test
    void rejectsASearchOutsideItsLimits() {
        assertThat(client.get("/api/search").body())
                .isEqualTo(field("q", "must have 1 to 2000 characters"));
        assertThat(client.get("/api/search?q=a&limit=51").body())
                .isEqualTo(field("limit", "must be a whole number from 1 to 50"));
        assertThat(client.get("/api/search?q=a&limit=x").body())
                .isEqualTo(field("limit", "must be a whole number from 1 to 50"));
    }

    @Test
    void rejectsAMethodThatAnAddressDoesNotTake() {
        HttpResponse<String> response = client.get("/api/chat");

        assertThat(response.statusCode()).isEqualTo(405);
        assertThat(response.headers().firstValue("Allow")).contains("POST");
        assertThat(response.body())
                .isEqualTo(
                        problem(
                                405,
                                "Method Not Allowed",
                                "This address takes POST only; see /docs."));
    }

    @Test
    void rejectsAnOriginThatIsNotAllowedBeforeAnyWork() {
        for (String path : new String[] {"/api/chat", "/api/health", "/api/nothing"}) {
            HttpResponse<String> response =
                    client.get(path, Map.of("Origin", "https://evil.example"));
            assertThat(response.statusCode()).as(path).isEqualTo(403);
            assertThat(response.headers().firstValue("Access-Control-Allow-Origin")).isEmpty();
            assertThat(response.headers().firstValue("Vary").orElse("")).contains("Origin");
        }
        assertThat(
                        client.get("/", Map.of("Origin", "https://evil.example", "Accept", "*/*"))
                                .statusCode())
                .isEqualTo(200);
    }

    @Test
    void givesAnAllowedOriginItsNameBackOnErrorsToo() {
        HttpResponse<String> response =
                client.post(
                        "/api/chat",
                        "{}",
                        Map.of("Content-Type", "application/json", "Origin", DemoService.ORIGIN));

        assertThat(response.statusCode()).isEqualTo(422);
        assertThat(response.headers().allValues("Access-Control-Allow-Origin"))
                .containsExactly(DemoService.ORIGIN);
        assertThat(response.headers().firstValue("Vary").orElse("")).contains("Origin");
        assertThat(response.headers().firstValue("Access-Control-Allow-Credentials")).isEmpty();
    }

    @Test
    void answersAPreflight() {
        HttpResponse<String> response =
                client.send(
                        "OPTIONS",
                        "/api/chat",
                        HttpRequest.BodyPublishers.noBody(),
                        Map.of(
                                "Origin",
                                DemoService.ORIGIN,
                                "Access-Control-Request-Method",
                                "POST"));

        assertThat(response.statusCode()).isEqualTo(204);
        assertThat(response.headers().firstValue("Access-Control-Allow-Methods"))
                .contains("GET, POST, DELETE, OPTIONS");
        assertThat(response.headers().firstValue("Access-Control-Allow-Headers"))
                .contains("Content-Type, Last-Event-ID, X-Request-Id");
    }

    @Test
    void letsItsOwnPagesUseTheApi() {
        HttpResponse<String> response =
                client.get(
                        "/api/health/live", Map.of("Origin", "http://127.0.0.1:" + service.port()));

        assertThat(response.statusCode()).isEqualTo(200);
    }

    @Test
    void answersGreetingPageAndDocumentation() {
        assertThat(client.get("/").body())
                .isEqualTo("{\"message\":\"RAG Chatbot API\",\"docs\":\"/docs\"}");
        assertThat(client.get("/docs").body()).contains("swagger-ui");
        assertThat(client.get("/manual", Map.of("Accept", "text/html")).body())
                .contains("<td><a id=\"docent-017\"></a>DOCENT-017</td>");
        assertThat(client.get("/docs/ui/swagger-ui-bundle.js").statusCode()).isEqualTo(200);
        assertThat(client.get("/openapi.yaml").body()).startsWith("openapi: 3.1.0\n");
        assertThat(client.get("/nothing").statusCode()).isEqualTo(404);
        HttpResponse<String> head =
                client.send("HEAD", "/", HttpRequest.BodyPublishers.noBody(), Map.of());
        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(head.body()).isEmpty();
    }

    @Test
    void reportsHealthFromRealParts() {
        HttpResponse<String> response = client.get("/api/health");
        JsonNode body = client.json(response);

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(body.path("status").asText()).isEqualTo("healthy");
        assertThat(body.path("services").fieldNames())
                .toIterable()
                .containsExactly("helidon", "lucene", "h2", "embeddings", "quoting");
        assertThat(body.path("services").path("helidon").asText()).isEqualTo("ok");
        assertThat(body.path("services").path("lucene").path("status").asText())
                .isEqualTo("connected");
        assertThat(body.path("services").path("lucene").path("vectors").asInt()).isPositive();
        assertThat(body.path("timestamp").asText()).endsWith("Z");
        assertThat(client.get("/api/health/ready").statusCode()).isEqualTo(200);
        assertThat(
                        response.body()
                                // Where the tests run in a checkout.
                                .replaceAll("\"commit\":\"[0-9a-f]+\",\"committed_at[^,]+,", "")
                                .replaceAll("_at\":\"[0-9TZ:.-]+\"", "_at\":\"then\"")
                                .replaceAll("stamp\":\"[0-9TZ:.-]+\"", "stamp\":\"now\"")
                                .replaceAll("(vectors|_ms)\":\\d+", "$1\":0")
                                .replaceAll("docs-[0-9a-f]+", "docs-0")
                                .replaceAll("version\":\"[^\"]+", "version\":\"this"))
                .isEqualTo(
                        """
                        {"status":"healthy","services":{"helidon":"ok",\
                        "lucene":{"status":"connected","collection":"docs-0","vectors":0,\
                        "refusals":"none, so the defaults of the local model decide",\
                        "ingested_at":"then",\
                        "latency_ms":0,"checked_at":"then"},\
                        "h2":{"status":"connected","latency_ms":0,"checked_at":"then"},\
                        "embeddings":{"status":"ok","model":"all-minilm-l6-v2-q+headings",\
                        "latency_ms":0,"checked_at":"then"},\
                        "quoting":{"status":"ok","latency_ms":0,"checked_at":"then"}},\
                        "timestamp":"now","version":"this"}\
                        """);
        HttpResponse<String> observed = client.get("/observe/health");
        assertThat(observed.statusCode()).isEqualTo(200);
        assertThat(
                        client.send(
                                        "HEAD",
                                        "/observe/health",
                                        HttpRequest.BodyPublishers.noBody(),
                                        Map.of())
                                .statusCode())
                .isEqualTo(200);
        JsonNode checks = client.json(observed).path("checks");
        assertThat(checks.findValuesAsText("name"))
                .containsExactly("lucene", "h2", "embeddings", "quoting");
        for (JsonNode check : checks) {
            JsonNode service = body.path("services").path(check.path("name").asText());
            assertThat(check.path("status").asText()).isEqualTo("UP");
            assertThat(check.path("data").fieldNames())
                    .toIterable()
                    .containsExactlyInAnyOrderElementsOf(service::fieldNames);
            assertThat(check.at("/data/status")).isEqualTo(service.path("status"));
        }
    }

    @Test
    void namesEachFieldThatBreaksItsRule() {
        Map<String, String> json = Map.of("Content-Type", "application/json");
        JsonNode question =
                client.json(
                        client.post(
                                "/api/chat",
                                "{\"message\":\" \",\"mode\":\"x\",\"conversation_id\":\"y\","
                                        + "\"page\":7,\"context\":[],\"resume\":0}",
                                json));
        assertThat(question.path("detail").asText())
                .isEqualTo("The field \"message\" must have 1 to 2000 characters.");
        assertThat(question.path("errors").findValuesAsText("field"))
                .containsExactly("message", "mode", "context", "conversation_id", "page", "resume");
        JsonNode feedback =
                client.json(client.post("/api/feedback", "{\"comment\":\"a\\u0000\"}", json));
        assertThat(feedback.path("errors").findValuesAsText("field"))
                .containsExactly("message_id", "helpful", "comment");
        JsonNode search = client.json(client.get("/api/search?q=%20&limit=51"));
        assertThat(search.path("errors").findValuesAsText("field")).containsExactly("q", "limit");
    }

    private static String problem(int status, String title, String detail) {
        return "{\"type\":\"about:blank\",\"title\":\"%s\",\"status\":%d,\"detail\":\"%s\"}"
                .formatted(title, status, detail);
    }

    private static String field(String field, String rule) {
        return ("{\"type\":\"about:blank\",\"title\":\"Unprocessable Content\",\"status\":422,"
                        + "\"detail\":\"The field \\\"%s\\\" %s.\","
                        + "\"errors\":[{\"field\":\"%s\",\"rule\":\"%s\"}]}")
                .formatted(field, rule, field, rule);
    }
}
