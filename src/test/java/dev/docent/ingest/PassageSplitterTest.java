package dev.docent.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.docent.markdown.Dialect;
import dev.docent.markdown.Partials;
import dev.docent.markdown.Section;
import dev.docent.markdown.SectionReader;
import dev.docent.rag.Passage;
import dev.docent.site.Page;
import java.util.List;
import org.junit.jupiter.api.Test;

class PassageSplitterTest {
    private static final PassageSplitter CUTTER =
            new PassageSplitter(50, text -> (text.length() + 3) / 4);

    private static List<String> cut(String source) {
        return passages(source, true).stream().map(Passage::text).toList();
    }

    private static List<Passage> passages(String source, boolean counted) {
        List<Section> sections = SectionReader.read(source, Dialect.MDX, Partials.NONE);
        Page page = new Page("docs/x.md", "X", "/docs/x", Page.parts("X", sections), List.of());
        return CUTTER.passages(List.of(page), counted);
    }

    @Test
    void keepsAShortSectionWhole() {
        assertThat(cut("One.\n\n- a\n- b\n\n```sh\nrun\n```\n"))
                .containsExactly("One.\n- a\n- b\n\n```sh\nrun\n```");
    }

    @Test
    void cutsBetweenParagraphsThenBetweenSentences() {
        String sentence = "This is a sentence of forty eight letters, nearly. ";
        assertThat(
                        cut(
                                sentence.repeat(5)
                                        + "\n\n"
                                        + "Last, and quite a bit longer than a crumb would be, so"
                                        + " that it stands by itself; it goes on and on and on"
                                        + " until there is nothing more that could be said of it,"
                                        + " or of anything else at all."))
                .containsExactly(
                        sentence.repeat(3).strip(),
                        sentence.repeat(2).strip(),
                        "Last, and quite a bit longer than a crumb would be, so that it stands by"
                                + " itself; it goes on and on and on until there is nothing more that"
                                + " could be said of it, or of anything else at all.");
    }

    @Test
    void repeatsTheHeadOfATableAndNeverCutsARow() {
        String row = "| a row of some forty letters | and more |\n";
        assertThat(cut("| Name | Use |\n|---|---|\n" + row.repeat(9)))
                .hasSizeGreaterThan(1)
                .allSatisfy(text ->
                        assertThat(text)
                                .startsWith("| Name | Use |\n| --- | --- |\n| a row")
                                .endsWith("| and more |"));
    }

    @Test
    void cutsCodeBetweenLinesEachPartInAFenceOfItsOwn() {
        List<String> parts =
                cut("```js\n" + "const aLine = 'of code that is long';\n".repeat(9) + "```\n");
        assertThat(parts)
                .hasSizeGreaterThan(1)
                .allSatisfy(text ->
                        assertThat(text)
                                .matches("```js\\n(const aLine = 'of code that is long';\\n)+```"));
    }

    @Test
    void aTitleStaysWithEachPartOfItsCode() {
        List<String> parts =
                cut(
                        "```js title=\"a.js\"\n"
                                + "const aLine = 'of code that is long';\n".repeat(9)
                                + "```\n");
        assertThat(parts)
                .hasSizeGreaterThan(1)
                .allSatisfy(text -> assertThat(text).startsWith("a.js\n\n```js\nconst"));
    }

    @Test
    void cutsAtTheSamePlacesWhetherLengthsAreCountedOrNot() {
        String source = "## A\n\n" + "word and (sign) ".repeat(30) + "\n\n## B\n\nshort\n";
        assertThat(passages(source, false))
                .extracting(Passage::text)
                .isEqualTo(passages(source, true).stream().map(Passage::text).toList());
    }

    @Test
    void numbersThePartsOfASectionAndGivesEachAnIdOfItsOwn() {
        List<Passage> passages =
                passages("## Same {#x}\n\nOne.\n\n## Same {#x}\n\nTwo.\n\n## Empty\n", true);
        assertThat(passages).extracting(Passage::part).containsExactly(0, 1);
        assertThat(passages).extracting(Passage::id).doesNotHaveDuplicates();
    }
}
