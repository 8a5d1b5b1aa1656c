package dev.docent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.docent.DocumentsTest.Example;
import dev.docent.cli.Main;
import dev.docent.gemini.Reply;
import dev.docent.retrieval.Calibration;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/**
 * The commands of the documents beside curl, which is {@link DocumentsTest}'s: those of the program
 * run as they stand there, and print what is shown.
 */
class DocumentCommandsTest {
    private static final Pattern COMMANDS = Pattern.compile("(?ms)^```sh\n(.*?)^```$");

    /** What Maven, an engine, an account or the owner's repository is needed for. */
    private static final List<String> ELSEWHERE = List.of("mvn", "docker", "hf", "git");

    @TempDir private Path folder;
    private final Outside outside = new Outside();

    @AfterEach
    void stop() {
        outside.close();
    }

    @Test
    void areOfAKindThatIsTestedOrCannotBe() {
        List<String> kinds = new ArrayList<>(ELSEWHERE);
        kinds.addAll(List.of("curl", "id=$(curl", "java", "cp"));

        assertThat(commands())
                .hasSizeGreaterThan(20)
                .allMatch(command -> kinds.contains(command.split(" ", 2)[0]));
    }

    @Test
    void runAsTheyStandThere() {
        for (String command : commandsOf("java -jar target/docent.jar ")) {
            String arguments =
                    command.replaceFirst("java -jar \\S+ ", "")
                            .replace("/path/to/site/static", folder.toString())
                            .replace("/path/to/site", DemoService.SITE.toString());

            try (Program program = program(arguments.split(" "))) {
                boolean empty = arguments.equals("check");
                assertThat(program.awaitEnd()).as(program.seen()).isEqualTo(empty ? 78 : 0);
            }
        }
    }

    @Test
    void showWhatACheckPrints() {
        outside.fill(folder);
        try (Program check = program("check")) {
            assertThat(check.awaitEnd()).as(check.seen()).isZero();
            String shown =
                    section("quickstart.md", "```text\nThe configuration is complete.\n", "```");

            assertThat(shape(check.seen())).isEqualTo(shape(shown.substring("```text\n".length())));
        }
    }

    @Test
    void showWhatTheLogOfAStartSaysAndWhatTheServiceAnswers() throws Exception {
        Map<String, String> site = Map.of("DOCENT_SITE_URL", "https://my-book.vercel.app");
        Outside.fill(outside.settings(folder, site), DemoService.SITE);
        outside.gemini.generation(Reply.answer("Install ", "the package first [Source 1]."));
        try (Program service = program()) {
            int port = service.awaitReady();
            String shown = section("quickstart.md", "2026-11-22T18:00:00.522Z", "```");

            assertThat(shape(service.seen()).lines()).containsAll(shape(shown).lines().toList());
            for (Example example : DocumentsTest.examples("quickstart.md").toList()) {
                DocumentsTest.assertPrintsWhatIsShown(example, port);
            }
        }
    }

    /** The words that only a larger site gets. */
    @Test
    void showHowTheRefusalsOfALargeSiteAreTold() {
        Calibration.Scale any = new Calibration.Scale(0, 1, 1);
        Calibration learnt =
                new Calibration("m", 562, null, any, null, any, any, new byte[0], 53, 1, 53, 5);

        assertThat(section("quickstart.md", "The configuration is complete.", "```"))
                .contains(", refusals " + learnt.words() + ", dimension ");
    }

    @Test
    void beginWithAnEnvFileThatOnlyHasToBeFilledIn() throws IOException {
        Files.copy(Path.of("config", ".env.example"), folder.resolve(".env"));
        try (Program check = Program.start(folder, Map.of(), "check", "--offline")) {
            assertThat(check.awaitEnd()).isEqualTo(78);

            assertThat(check.seen().lines().filter(line -> line.matches("  \\d\\. .*")))
                    .allMatch(line -> line.endsWith("is empty."))
                    .hasSize(5);
            assertThat(check.seen()).doesNotContain("warning");
        }
    }

    @Test
    void andTheirOptionsStandInTheTable() {
        Map<String, CommandLine> all = new CommandLine(new Main()).getSubcommands();
        String table = section("README.md", "| command | does |", "\n\n");
        for (Map.Entry<String, CommandLine> command : all.entrySet()) {
            String row =
                    table.lines()
                            .filter(line -> line.matches("\\| `" + command.getKey() + "[ `].*"))
                            .findFirst()
                            .orElseThrow();
            Pattern.compile("--[a-z-]+")
                    .matcher(row)
                    .results()
                    .forEach(option ->
                            assertThat(
                                            command.getValue()
                                                    .getCommandSpec()
                                                    .findOption(option.group()))
                                    .as(row)
                                    .isNotNull());
        }
    }

    /** Over the dependencies that are made for this test. */
    private Program program(String... arguments) {
        Map<String, String> variables = outside.variables(folder);
        variables.put("LOG_LEVEL", "INFO");
        variables.put("ALLOWED_ORIGINS", "https://my-book.vercel.app");
        return Program.start(folder, variables, arguments);
    }

    /** What is the same on every machine: no figures, no names of their own, no JVM's warnings. */
    private static String shape(String text) {
        return text.replaceAll("(?m)^WARNING: .*\n", "")
                .replaceAll("\\d{4}-\\S+Z ", "")
                .replaceAll("ask, for example: .*", "ask, for example: …")
                .replaceAll("key [a-z][a-z ]*\\.", "key ….")
                .replaceAll("the index is of .*, ingested", "the index is of …, ingested")
                .replaceAll("refusals .*, dimension", "refusals …, dimension")
                .replaceAll("this is docent .*", "this is docent …")
                .replaceAll("https?://[\\w.:-]+", "https://…")
                .replaceAll("(yes|no|there|not yet there)(?=[,.]|$)", "…")
                .replaceAll("[\\d.]+", "0")
                .replaceAll(" +", " ");
    }

    private static List<String> commandsOf(String beginning) {
        return commands().stream().filter(command -> command.startsWith(beginning)).toList();
    }

    /** Each command of both documents in one line. */
    private static List<String> commands() {
        return Stream.of("README.md", "quickstart.md")
                .flatMap(document -> COMMANDS.matcher(text(document)).results())
                .flatMap(block -> block.group(1).replaceAll("\\\\\n +", "").lines())
                .toList();
    }

    private static String section(String document, String from, String to) {
        String text = text(document);
        int start = text.indexOf(from);
        return text.substring(start, text.indexOf(to, start + from.length()));
    }

    private static String text(String document) {
        try {
            return Files.readString(Path.of(document));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
