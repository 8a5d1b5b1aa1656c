package dev.docent;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.docent.config.Environment;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What the documents show is true: each curl command of the README runs against the service in demo
 * mode, which opens on these very documents, and prints what is shown; each link leads somewhere.
 * {@link DocumentCommandsTest} runs those of the quickstart in live mode.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DocumentsTest {
    static final List<String> DOCUMENTS = List.of("README.md", "quickstart.md");

    /** Command and, where one follows directly, the output that is shown for it. */
    private static final Pattern EXAMPLE =
            Pattern.compile(
                    "```sh\n((?:(?!```)[^\n]*\n)*)```\n(?:\n```(?:json|text)\n((?:(?!```)[^\n]*\n)*)```)?");

    private static final Pattern LINK = Pattern.compile("]\\(([^)\\s]+)\\)");
    private static final Pattern HEADING = Pattern.compile("(?m)^#{1,6} (.+)$");
    private static final Pattern FENCE = Pattern.compile("(?ms)^```.*?^```$");
    private static final JsonMapper JSON = new JsonMapper();

    private DemoService service;

    /**
     * A command of a document, and what the document says comes out; empty where it says nothing.
     */
    record Example(String document, String command, String shown) {
        @Override
        public String toString() {
            return document + ": " + command.lines().findFirst().orElse("");
        }
    }

    @BeforeAll
    void start(@TempDir Path data) {
        service =
                DemoService.start(
                        data,
                        Map.of("DOCENT_DOCS", "", "ALLOWED_ORIGINS", "https://my-book.vercel.app"));
    }

    @AfterAll
    void stop() {
        service.close();
    }

    static Stream<Example> examples() {
        return examples("README.md");
    }

    /** What a document says to ask a service for. */
    static Stream<Example> examples(String document) {
        return EXAMPLE.matcher(text(document))
                .results()
                .filter(match -> match.group(1).contains("curl "))
                .map(match -> example(document, match));
    }

    @ParameterizedTest
    @MethodSource("examples")
    void commandsDoWhatIsShown(Example example) throws Exception {
        assertPrintsWhatIsShown(example, service.port());
    }

    /** Runs a command against a service, and compares all that it prints. */
    static void assertPrintsWhatIsShown(Example example, int port) throws Exception {
        assertThat(stable(run(example.command(), port))).isEqualTo(stable(example.shown()));
    }

    /** All of an output, without what differs from run to run; JSON without its line ends. */
    private static String stable(String output) throws IOException {
        String text = output.startsWith("{") ? JSON.readTree(output).toString() : output.strip();
        return text.replaceAll("\\b[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\\b", "ID")
                .replaceAll("\\b\\d{4}-\\d\\d-\\d\\dT[0-9:.]+Z", "TIME")
                .replaceAll("(?m)^Date: .*", "Date: NOW")
                .replaceAll("(similarity|vectors|latency_ms)\":[0-9.]+", "$1\":0")
                .replaceAll("refuses \\d+ %", "refuses 0 %")
                .replaceAll("\"version\":\"[^\"]*", "\"version\":\"THIS")
                // Known where the site is a checkout of Git.
                .replaceAll("\"commit(?:ted_at)?\":\"[^\"]*\",", "")
                .replaceAll("\"quote\":\"(?:[^\"\\\\]|\\\\.)*\"", "\"quote\":\"…\"")
                // Which passages come after the first one depends on every word of the documents.
                .replaceAll("(\"sources\":\\[\\{[^}]*}),\\{.*", "$1");
    }

    @Test
    void showsAnOutputForEveryCommand() {
        assertThat(DOCUMENTS.stream().flatMap(DocumentsTest::examples))
                .hasSizeGreaterThan(10)
                .noneMatch(example -> example.shown().isEmpty());
    }

    @ParameterizedTest
    @FieldSource("DOCUMENTS")
    void linksLeadSomewhere(String document) {
        List<String> dead =
                LINK.matcher(prose(document))
                        .results()
                        .map(match -> match.group(1))
                        .filter(link -> !link.startsWith("https://"))
                        .filter(link -> !exists(document, link))
                        .toList();

        assertThat(dead).isEmpty();
    }

    @Test
    void theCardOfTheSpaceComesFirstAndIsShortEnough() {
        assertThat(text("README.md")).startsWith("---\ntitle: RAG Chatbot Backend\n");
        assertThat(text("README.md")).containsPattern("(?m)^short_description: .{1,60}$");
    }

    @Test
    void theReportOfTheReadmeIsReal() {
        Map<String, String> variables =
                Map.of(
                        "GEMINI_API_KEY", ReportTable.expand("{AQ}\\n"),
                        "QDRANT_URL", "https://abc.eu-central-1-0.aws.cloud.qdrant.io:6333",
                        "QDRANT_API_KEY", ReportTable.expand("{plain}"),
                        "DATABASE_URL",
                                ReportTable.expand(
                                        "postgresql://u:{npg}@ep-cool-dawn-123456-pooler"
                                                + ".eu-central-1.aws.neon.tech/neondb"),
                        "ALLOWED_ORIGINS", "my-book.vercel.app/");
        String report =
                Configured.load(
                                Environment.of(variables),
                                Path.of("target", "nowhere"),
                                ReportTable.CLOCK)
                        .report()
                        .text();

        assertThat(text("README.md")).contains("```text\n" + report + "```");
    }

    @Test
    void theFirstQuestionIsAnsweredFromTheReadme() {
        JsonNode sources = service.client().ask("How do I set ALLOWED_ORIGINS?").sources();

        assertThat(sources.findValuesAsText("heading"))
                .anyMatch(h -> h.contains("ALLOWED_ORIGINS"));
    }

    private static String run(String command, int port) throws IOException, InterruptedException {
        String base = "http://127.0.0.1:" + port;
        Process bash =
                new ProcessBuilder(
                                "bash",
                                "-c",
                                command.replace("http://localhost:7860", base)
                                        .replace("https://USERNAME-rag-chatbot.hf.space", base))
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        String output = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(bash.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(bash.exitValue()).isZero();
        return output.replace("\r\n", "\n");
    }

    private static Example example(String document, MatchResult match) {
        String shown = match.group(2);
        return new Example(document, match.group(1), shown == null ? "" : shown);
    }

    private static boolean exists(String document, String link) {
        List<String> parts = List.of(link.split("#", 2));
        String file = parts.getFirst().isEmpty() ? document : parts.getFirst();
        return Files.exists(Path.of(file))
                && (parts.size() == 1 || anchors(file).contains(parts.get(1)));
    }

    /** As GitHub, Hugging Face and Docusaurus make them of headings. */
    private static List<String> anchors(String document) {
        Map<String, Integer> seen = new HashMap<>();
        return HEADING.matcher(prose(document))
                .results()
                .map(match -> match.group(1).toLowerCase(Locale.ROOT))
                .map(heading -> heading.replaceAll("[^\\p{L}\\p{N} _-]", "").replace(' ', '-'))
                .map(anchor -> {
                    int times = seen.merge(anchor, 1, Integer::sum);
                    return times == 1 ? anchor : anchor + "-" + (times - 1);
                })
                .toList();
    }

    private static String prose(String document) {
        return FENCE.matcher(text(document)).replaceAll("");
    }

    private static String text(String document) {
        try {
            return Files.readString(Path.of(document));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
