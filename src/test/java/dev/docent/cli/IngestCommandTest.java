package dev.docent.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.docent.DemoService;
import dev.docent.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where {@code docent ingest} puts a folder in demo mode, and how it says to open it. */
class IngestCommandTest {
    @TempDir private Path folder;

    @Test
    void aDemoKeepsAnIngestedFolderApartFromItsOwnDocumentsAndSaysHowToOpenIt() throws IOException {
        String opening =
                "To answer from it, start docent with DOCENT_DOCS="
                        + DemoService.SITE
                        + " DOCENT_SITE_URL=https://docs.example.com DOCENT_ROUTE_BASE_PATH=/";
        String first = ingest(Map.of("DOCENT_ROUTE_BASE_PATH", "/"));
        assertThat(first).endsWith(opening + "\n").doesNotContain(" 0 new");

        String opened =
                ingest(
                        Map.of(
                                "DOCENT_ROUTE_BASE_PATH",
                                "/",
                                "DOCENT_DOCS",
                                DemoService.SITE.toString()));

        assertThat(opened).contains(" 0 new, 0 changed").endsWith(opening + "\n");
        try (Stream<Path> indexes = Files.list(folder.resolve("data/index"))) {
            assertThat(indexes.map(index -> index.getFileName().toString()).toList())
                    .singleElement()
                    .asString()
                    .startsWith("docs-");
        }
    }

    @Test
    void aDryRunHasNothingToOpen() {
        assertThat(ingest(Map.of(), "--dry-run"))
                .contains("A dry run; nothing was written.")
                .doesNotContain("DOCENT_DOCS");
    }

    private String ingest(Map<String, String> more, String... options) {
        Map<String, String> variables = new HashMap<>(Program.demo(folder.resolve("data")));
        variables.remove("DOCENT_DOCS");
        variables.putAll(more);
        List<String> command =
                Stream.concat(
                                Stream.of(
                                        "ingest",
                                        DemoService.SITE.toString(),
                                        "--site-url",
                                        "https://docs.example.com"),
                                Stream.of(options))
                        .toList();
        try (Program program = Program.start(folder, variables, command.toArray(String[]::new))) {
            assertThat(program.awaitEnd()).isZero();
            return program.seen();
        }
    }
}
