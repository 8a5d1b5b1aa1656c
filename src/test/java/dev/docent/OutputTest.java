package dev.docent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.docent.http.WidgetClient;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the program prints from the first line on, errors included: its own lines, and nothing that
 * the JVM says of a library. The options are those of a plain {@code java -jar}, whose manifest
 * allows native access, too.
 */
class OutputTest {
    @TempDir Path folder;

    @Test
    void isAllItsOwnInLiveMode() {
        try (Outside outside = new Outside()) {
            Map<String, String> variables = outside.variables(folder);
            variables.put("LOG_LEVEL", "INFO");
            variables.put("DOCENT_HEALTH_TIMEOUT", "60s");
            try (Program ingest =
                    Program.start(folder, variables, "ingest", DemoService.SITE.toString())) {
                assertThat(ingest.awaitEnd()).as(ingest.seen()).isZero();
                assertThat(ingest.seen())
                        .matches(
                                "4 files, 4 pages, .*\nRefusals: not calibrated, because the site"
                                        + " is small\\.\n");
            }
            try (Program check = Program.start(folder, variables, "check")) {
                assertThat(check.awaitEnd()).as(check.seen()).isZero();
                assertThat(check.seen())
                        .startsWith("The configuration is complete.\n\n  ok      qdrant ")
                        .doesNotContain("WARNING");
            }
            try (Program service = Program.start(folder, variables)) {
                int port = service.awaitReady();
                new WidgetClient(port).ask("What is the default threshold in metres?");
                service.terminate();
                assertThat(service.awaitEnd()).isZero();
                assertThat(service.seen().lines())
                        .allMatch(line ->
                                line.matches("2\\d{3}-\\S+ (INFO|WARN) \\w+( \\[\\S+])?: .*"));
            }
        }
    }
}
