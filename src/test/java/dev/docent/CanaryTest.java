package dev.docent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.docent.cli.Commands;
import dev.docent.gemini.GoogleReplies;
import dev.docent.gemini.Reply;
import dev.docent.logging.LogSettings;
import dev.docent.logging.Logs;
import dev.docent.qdrant.FakeQdrant.Fault;
import io.grpc.Status;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Secrets stay secret at the most talkative level, whatever fails. */
class CanaryTest {
    private static final String PASSWORD = "Pw7!canary_Zq93Lmx";
    private static final List<String> CANARIES =
            List.of(Outside.GEMINI_KEY, Outside.QDRANT_KEY, PASSWORD);
    private static final int LONGEST_SHOWN = 7;
    private static final Map<String, String> JSON = Map.of("Content-Type", "application/json");

    @Test
    void noPartOfASecretIsWrittenAnywhereWhateverFails(@TempDir Path data) {
        ByteArrayOutputStream written = new ByteArrayOutputStream();
        StringBuilder seen = new StringBuilder();
        try (Outside outside = Outside.filled(data)) {
            String url =
                    outside.postgres.url(outside.toPostgres.port()).replace("canary-pw", PASSWORD);
            Settings settings =
                    outside.settings(
                            data,
                            Map.of(
                                    "LOG_LEVEL", "TRACE",
                                    "DATABASE_URL", url,
                                    "DOCENT_QDRANT_TIMEOUT", "1s",
                                    "DOCENT_GEMINI_FIRST_TOKEN_TIMEOUT", "1s",
                                    "DOCENT_GEMINI_EMBED_TIMEOUT", "1s",
                                    "DOCENT_DATABASE_CONNECTION_TIMEOUT", "1s"));
            PrintStream log = new PrintStream(written, true, StandardCharsets.UTF_8);
            Commands.log(settings, log);
            List<Runnable> faults =
                    List.of(
                            () -> {},
                            () ->
                                    outside.gemini.generation(
                                            Reply.status(400, GoogleReplies.invalidKey())),
                            () ->
                                    outside.gemini.generation(
                                            Reply.status(400, echo(Outside.GEMINI_KEY))),
                            () -> outside.gemini.generation(Reply.reset()),
                            () -> outside.gemini.embedding(Reply.silence()),
                            () -> outside.qdrant.fault(new Fault.Refuse(Status.UNAUTHENTICATED)),
                            () ->
                                    outside.qdrant.fault(
                                            new Fault.Refuse(
                                                    Status.INTERNAL.withDescription(
                                                            "key " + Outside.QDRANT_KEY))),
                            () -> outside.toQdrant.hang(),
                            () -> {
                                outside.toPostgres.refuse();
                                outside.toPostgres.reset();
                            });
            for (Runnable fault : faults) {
                try (LiveService service = new LiveService(settings)) {
                    fault.run();
                    seen.append(
                            body(
                                    service.client()
                                            .post(
                                                    "/api/chat",
                                                    "{\"message\":\"What is the threshold?\"}",
                                                    JSON)));
                    seen.append(body(service.client().get("/api/health")));
                    seen.append(body(service.client().get("/observe/health")));
                    seen.append(settings);
                } finally {
                    outside.gemini.heal();
                    outside.qdrant.fault(new Fault.None());
                    outside.toQdrant.heal();
                    outside.toPostgres.heal();
                }
            }
        } finally {
            Logs.configure(
                    new LogSettings(LogSettings.Level.WARN, LogSettings.Format.LINE),
                    List.of(),
                    System.err);
        }
        String all = written.toString(StandardCharsets.UTF_8) + seen;

        assertThat(all)
                .as("it really was talkative")
                .contains("TRACE")
                .contains("retrieval_failed");
        for (String canary : CANARIES) {
            for (int i = 0; i + LONGEST_SHOWN < canary.length(); i++) {
                assertThat(all).doesNotContain(canary.substring(i, i + LONGEST_SHOWN + 1));
            }
        }
    }

    private static String echo(String key) {
        return GoogleReplies.error(400, "INVALID_ARGUMENT", "bad key " + key);
    }

    private static String body(HttpResponse<String> response) {
        return response.body() + response.headers().map();
    }
}
