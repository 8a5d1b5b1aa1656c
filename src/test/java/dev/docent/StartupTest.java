package dev.docent;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.docent.gemini.GoogleReplies;
import dev.docent.gemini.Reply;
import dev.docent.http.WidgetClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the program does, as a process, about a key that a service refuses or that may not write.
 */
class StartupTest {
    @TempDir private Path folder;
    private final Outside outside = new Outside();

    @AfterEach
    void stop() {
        outside.close();
    }

    @Test
    void endsWithTheReportWhenAKeyIsRefused() {
        outside.gemini.description(Reply.status(400, GoogleReplies.invalidKey()));
        try (Program program = Program.start(folder, live(Map.of()))) {
            assertThat(program.awaitEnd()).isEqualTo(78);
            assertThat(program.seen())
                    .contains("docent cannot start: 1 problem with its configuration\n")
                    .contains("  1. GEMINI_API_KEY: ");
        }
    }

    @Test
    void onlySaysThatAKeyIsRefusedWhenItIsToldToServeAllTheSame() {
        outside.gemini.description(Reply.status(400, GoogleReplies.invalidKey()));
        try (Program program =
                Program.start(folder, live(Map.of("DOCENT_STARTUP_CHECK", "warn")))) {
            String listening = program.awaitLine(line -> line.contains("listening on port "));
            String logged = program.awaitLine(line -> line.contains("WARN health: gemini"));
            WidgetClient client =
                    new WidgetClient(Integer.parseInt(listening.replaceAll(".* port ", "")));
            JsonNode gemini;
            do {
                // The state is published after it is logged.
                LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
                gemini = client.json(client.get("/api/health")).path("services").path("gemini");
            } while (gemini.path("recommended_action").isMissingNode());

            assertThat(gemini.path("recommended_action").asText()).contains("GEMINI_API_KEY");
            assertThat(logged)
                    .endsWith(
                            "gemini fails: %s %s (%s)"
                                    .formatted(
                                            gemini.path("error").asText(),
                                            gemini.path("recommended_action").asText(),
                                            gemini.path("code").asText()));
            assertThat(client.get("/api/health/live").statusCode()).isEqualTo(200);
            program.terminate();
            assertThat(program.awaitEnd()).isZero();
            assertThat(program.seen()).doesNotContain("cannot start");
        }
    }

    @Test
    void ingestsNothingWithAReadOnlyKeyAndPaysForNoEmbedding() {
        String readOnly = ReportTable.expand("{jwt:2099-01-01}");
        Map<String, String> variables = live(Map.of("QDRANT_API_KEY", readOnly));
        try (Program program =
                Program.start(folder, variables, "ingest", DemoService.SITE.toString())) {
            assertThat(program.awaitEnd()).isEqualTo(78);
            assertThat(program.seen())
                    .isEqualTo(
                            "docent: The API key of Qdrant is read-only, which is enough to serve"
                                    + " but not for docent ingest. Create a key with cluster-wide"
                                    + " manage/write permissions (Qdrant Cloud: cluster, API Keys)"
                                    + " and put it into QDRANT_API_KEY where you ingest; the"
                                    + " service itself may keep this one. (DOCENT-058)\n");
            assertThat(outside.gemini.requests()).isEmpty();
        }
    }

    private Map<String, String> live(Map<String, String> changed) {
        Map<String, String> all = new HashMap<>(outside.variables(folder));
        all.put("LOG_LEVEL", "INFO");
        all.putAll(changed);
        return all;
    }
}
