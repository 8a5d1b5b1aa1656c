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

    @Test
    void aListOfThePagesHasALineForEach() throws IOException {
        Path site = site();
        Path list = folder.resolve("pages.jsonl");

        String said = run(0, site, "--dry-run", "--pages", list.toString());

        assertThat(said).contains("1 files, 1 pages");
        assertThat(Files.readString(list))
                .isEqualTo(
                        """
                        {"file":"docs/a.md","url":"https://e.example/docs/a","title":"A page","headings":[{"level":1,"anchor":"a-page","text":"A page"},{"level":2,"anchor":"mine","text":"Part & whole"}]}
                        """);
    }

    @Test
    void aListThatCannotBeWrittenIsSaid() throws IOException {
        assertThat(run(78, site(), "--dry-run", "--pages", folder + "/no/pages.jsonl"))
                .contains(
                        "docent: The list of pages cannot be written to "
                                + folder
                                + "/no/pages.jsonl; look at the folder and its permissions.");
    }

    @Test
    void underHalfOfTheMarkdownIsAWarningAndWithStrictAFailure() throws IOException {
        Path site = site();
        Files.createDirectories(site.resolve("more"));
        Files.writeString(site.resolve("more/b.md"), "b");
        Files.writeString(site.resolve("more/c.md"), "c");
        String warning = "WARNING: ONLY 1 OF 3 MARKDOWN FILES WERE FOUND TO BE PAGES.";

        assertThat(run(0, site, "--dry-run"))
                .contains(
                        "Warning: 2 Markdown files belong to no plug-in that was found, in more/"
                                + " (2).")
                .contains(warning);
        assertThat(run(1, site, "--dry-run", "--strict")).contains(warning);
        Files.delete(site.resolve("more/c.md"));
        assertThat(run(0, site, "--dry-run", "--strict")).doesNotContain("WARNING");
    }

    @Test
    void namesThatAShellWithoutALocaleCannotHoldStopTheRun()
            throws IOException, InterruptedException {
        Path site = site();
        // By a shell, because the JVM of this test may have no locale either.
        assertThat(
                        new ProcessBuilder(
                                        "sh",
                                        "-c",
                                        "echo Wir. > \"$(printf '\\303\\234ber uns.md')\"")
                                .directory(site.resolve("docs").toFile())
                                .start()
                                .waitFor())
                .isZero();
        Map<String, String> variables = new HashMap<>(Program.demo(folder.resolve("data")));
        variables.remove("DOCENT_DOCS");
        variables.put("LC_ALL", "POSIX");
        try (Program program =
                Program.start(folder, variables, "ingest", site.toString(), "--dry-run")) {
            assertThat(program.awaitEnd()).isEqualTo(78);
            assertThat(program.seen())
                    .contains("cannot be read in this shell's locale, so nothing was done.")
                    .contains("Start docent with LC_ALL=C.UTF-8 before it.");
        }
        variables.put("LC_ALL", "C.UTF-8");
        try (Program program =
                Program.start(folder, variables, "ingest", site.toString(), "--dry-run")) {
            assertThat(program.awaitEnd()).isZero();
            assertThat(program.seen()).contains("2 files, 2 pages");
        }
    }

    @Test
    void aDryRunSaysWhatIsACopyAndHowLongItWouldReallyTake() throws IOException {
        Path site = site();
        Files.createDirectories(site.resolve("versioned_docs/version-1"));
        Files.writeString(site.resolve("versions.json"), "[\"1\"]");
        Files.copy(site.resolve("docs/a.md"), site.resolve("versioned_docs/version-1/a.md"));

        assertThat(run(0, site, "--dry-run"))
                .contains(
                        "versioned_docs/version-1/: 1 of 1 passages are copies, most of them of"
                                + " docs/.")
                .contains(
                        "1 of 2 passages are copies. --versions and --locales choose what is read.")
                .contains("It would take at least 0.");
        assertThat(run(0, site, "--dry-run", "--versions", "last"))
                .contains("1 files, 1 pages")
                .doesNotContain("copies");
    }

    private Path site() throws IOException {
        Path site = folder.resolve("site");
        Files.createDirectories(site.resolve("docs"));
        Files.writeString(
                site.resolve("docusaurus.config.js"),
                "module.exports = {url: 'https://e.example', baseUrl: '/', presets: [['classic',"
                        + " {}]]}");
        Files.writeString(
                site.resolve("docs/a.md"), "# A page\n\n## Part & whole {#mine}\n\nText.\n");
        return site;
    }

    private String run(int exitCode, Path site, String... options) {
        List<String> command =
                Stream.concat(Stream.of("ingest", site.toString()), Stream.of(options)).toList();
        Map<String, String> variables = new HashMap<>(Program.demo(folder.resolve("data")));
        variables.remove("DOCENT_DOCS");
        try (Program program = Program.start(folder, variables, command.toArray(String[]::new))) {
            assertThat(program.awaitEnd()).isEqualTo(exitCode);
            return program.seen();
        }
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
