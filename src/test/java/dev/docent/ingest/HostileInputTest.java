package dev.docent.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.docent.markdown.Dialect;
import dev.docent.markdown.FrontMatter;
import dev.docent.markdown.Partials;
import dev.docent.markdown.Section;
import dev.docent.markdown.SectionReader;
import dev.docent.rag.Passage;
import dev.docent.site.Page;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What nobody writes in good faith must cost little and must not take other text with it. */
class HostileInputTest {
    private static final int MANY = 30_000;

    /** Far more than linear time needs, and far less than squared time would take. */
    private static final Duration GUARD = Duration.ofMinutes(2);

    static Stream<Arguments> inputs() {
        return Stream.of(
                Arguments.of("nested lists", "- ".repeat(10_000) + "deep"),
                Arguments.of(
                        "lists nested line by line",
                        IntStream.range(0, 1500)
                                .mapToObj(i -> "  ".repeat(i) + "- x\n")
                                .collect(Collectors.joining())),
                Arguments.of("nested quotes", ">".repeat(10_000) + " deep"),
                Arguments.of(
                        "many quotes",
                        "> ".repeat(50) + "x\n" + (">".repeat(100) + "\n").repeat(2000)),
                Arguments.of("a long line", "word ".repeat(200_000)),
                Arguments.of("a long word", "w".repeat(1_000_000)),
                Arguments.of(
                        "a long heading", "# a" + " ".repeat(500_000) + "b {#" + "x".repeat(MANY)),
                Arguments.of("ids that never end", "# " + "{/*#".repeat(MANY)),
                Arguments.of("backticks", "`".repeat(100_000)),
                Arguments.of("backticks of all lengths", backticks()),
                Arguments.of("emphasis", "*a **a ".repeat(MANY)),
                Arguments.of("closed emphasis", "*a ".repeat(50_000) + "b* ".repeat(50_000)),
                Arguments.of("brackets", "[".repeat(MANY) + "a" + "](x)".repeat(1000)),
                Arguments.of("images", "![".repeat(50_000) + "a" + "](x)".repeat(50_000)),
                Arguments.of("open tags", "<div>\n".repeat(MANY)),
                Arguments.of("tags without end", "<a ".repeat(MANY)),
                Arguments.of("lines of tags without end", "<a b=\"\n".repeat(MANY)),
                Arguments.of("attributes without end", "<a b=\"".repeat(MANY)),
                Arguments.of("angles", "<".repeat(MANY)),
                Arguments.of("braces", "{".repeat(MANY)),
                Arguments.of("lines of braces", "{\n".repeat(MANY)),
                Arguments.of("text and braces", "a {b ".repeat(MANY)),
                Arguments.of("comments without end", "x <!-- ".repeat(MANY)),
                Arguments.of("lines of comments without end", "<!--\n".repeat(MANY)),
                Arguments.of("strings in braces", "{'" + "\\'".repeat(MANY) + "'}"),
                Arguments.of("admonitions", ":::note x\n".repeat(MANY)),
                Arguments.of("colons", ":".repeat(MANY)),
                Arguments.of("exports without end", "export const a = {\n".repeat(20_000)),
                Arguments.of("imports", "import a from 'a';\n".repeat(20_000)),
                Arguments.of("fences", "```\n".repeat(50_001)),
                Arguments.of("table", "a|b\n-|-\n" + "|".repeat(MANY)),
                Arguments.of("rows", "a|b\n-|-\n" + "x|y\n".repeat(MANY)),
                Arguments.of("html rows", "<table>\n" + "<tr>\n<td>x</td>\n</tr>\n".repeat(20_000)),
                Arguments.of("headings", "# Same\n\nx\n\n".repeat(20_000)),
                Arguments.of("indentation", " ".repeat(500_000) + "x"),
                Arguments.of("directions", "\u202e\u2066abc\u202c ".repeat(20_000)),
                Arguments.of(
                        "references",
                        IntStream.range(0, 20_000)
                                .mapToObj(i -> "[a" + i + "]: x\n")
                                .collect(Collectors.joining())),
                Arguments.of("front matter", "---\n" + "a: [".repeat(10_000) + "\n---\n"));
    }

    private static String backticks() {
        StringBuilder text = new StringBuilder();
        for (int i = 1; i < 1000; i++) {
            text.append("e").append("`".repeat(i));
        }
        return text.toString();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("inputs")
    void costsLittleAndTakesNoOtherPageWithIt(String name, String hostile) {
        for (Dialect dialect : Dialect.values()) {
            List<Passage> passages =
                    assertTimeoutPreemptively(GUARD, () -> passages(hostile + "\n", dialect), name);
            assertThat(passages)
                    .allSatisfy(passage -> assertThat(passage.text()).isNotBlank())
                    .allSatisfy(passage -> assertThat(passage.text()).hasSizeLessThan(20_000));
        }
    }

    private static List<Passage> passages(String source, Dialect dialect) {
        FrontMatter matter = FrontMatter.of(source);
        List<Section> sections = SectionReader.read(matter.body(), dialect, Partials.NONE);
        Page page = new Page("docs/x.md", "X", "/docs/x", Page.parts("X", sections), List.of());
        return new PassageSplitter(400, text -> text.length() / 4)
                .passages(new ArrayList<>(List.of(page)), true);
    }
}
