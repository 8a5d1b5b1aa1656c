package dev.docent;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.docent.http.WidgetClient;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What a reader sees who asks for too much, behind a proxy that names the readers. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BudgetWireTest {
    private final HttpClient http = HttpClient.newHttpClient();
    private DemoService service;

    @BeforeAll
    void start(@TempDir Path data) {
        service =
                DemoService.start(
                        data,
                        Map.of(
                                "DOCENT_BUDGET_TRUST_PROXY", "yes",
                                "DOCENT_BUDGET_QUESTIONS_PER_DAY", "2",
                                "DOCENT_BUDGET_ALL_QUESTIONS_PER_DAY", "1000",
                                "DOCENT_BUDGET_SEARCHES_PER_MINUTE", "2"));
    }

    @AfterAll
    void stop() {
        http.close();
        service.close();
    }

    @Test
    void aGreedyReaderGets429AndOthersTheirAnswers() throws Exception {
        for (int n = 0; n < 2; n++) {
            assertThat(ask("1.1.1.1, 203.0.113.1").statusCode()).isEqualTo(200);
        }
        HttpResponse<String> refused = ask("2.2.2.2, 203.0.113.1");
        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(refused.headers().firstValueAsLong("Retry-After").orElseThrow()).isPositive();
        assertThat(refused.headers().firstValue("Content-Type"))
                .hasValue("application/problem+json");
        assertThat(refused.body())
                .isEqualTo(
                        "{\"type\":\"about:blank\",\"title\":\"Too Many Requests\",\"status\":429,"
                                + "\"detail\":\"You have asked as many questions as a reader may in a"
                                + " day; please come back tomorrow.\"}");
        assertThat(ask("203.0.113.1, 203.0.113.2").statusCode()).isEqualTo(200);
    }

    @Test
    void searchesHaveABudgetOfTheirOwnAndHealthTellsWhatWasSpent() throws Exception {
        for (int n = 0; n < 2; n++) {
            assertThat(search().statusCode()).isEqualTo(200);
        }
        assertThat(search().statusCode()).isEqualTo(429);
        WidgetClient client = service.client();
        JsonNode today = client.json(client.get("/api/health")).path("today");
        assertThat(today.path("refused").asInt()).isPositive();
        assertThat(today.path("refused_by").path("searches-per-minute").asInt()).isPositive();
        assertThat(today.path("left").path("all-questions-per-day").asInt()).isBetween(1, 1000);
        HttpResponse<String> metrics = client.get("/observe/metrics");
        assertThat(metrics.headers().firstValue("Content-Type"))
                .hasValue("application/openmetrics-text; version=1.0.0; charset=utf-8");
        assertThat(metrics.body())
                .contains("# TYPE docent_searches counter\n")
                .containsPattern("docent_searches_total [1-9]")
                .containsPattern("docent_refusals_total\\{budget=\"searches-per-minute\"} [1-9]")
                .containsPattern("docent_budget_left\\{budget=\"all-questions-per-day\"} [1-9]")
                .contains("docent_up{dependency=\"lucene\"} 1\n")
                .endsWith("\n# EOF\n");
    }

    @Test
    void numbersAreNotToldThroughAProxy() throws Exception {
        for (String header : List.of("X-Forwarded-For", "Forwarded", "X-Real-IP", "Via")) {
            HttpResponse<String> refused =
                    service.client().get("/observe/metrics", Map.of(header, "203.0.113.4"));
            assertThat(refused.statusCode()).as(header).isEqualTo(404);
        }
    }

    private HttpResponse<String> ask(String forwarded) throws Exception {
        return send(
                request("/api/chat", forwarded)
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString("{\"message\":\"Hello?\"}")));
    }

    private HttpResponse<String> search() throws Exception {
        return send(request("/api/search?q=alarm", "203.0.113.3"));
    }

    private HttpRequest.Builder request(String path, String forwarded) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + service.port() + path))
                .header("X-Forwarded-For", forwarded);
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
}
