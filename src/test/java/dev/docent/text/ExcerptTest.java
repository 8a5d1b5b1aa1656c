package dev.docent.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.docent.text.Excerpt.Kind;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExcerptTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "Use a package manager, e.g. Yarn or npm.",
                "Node.js 20.0 or above, i.e. The active release, is needed.",
                "Edit `docusaurus.config.js. Then` in place.",
                "See https://example.com/a.b?c=d. for more",
                "Version v3.1.2 is out.",
                "It holds files, folders, etc. of the site.",
                "The pattern is by D. E. Knuth.",
                "Wait... it goes on.",
                "Das gilt z. B. Für alle, d.h. Immer.",
            })
    void keepsASentenceTogether(String sentence) {
        assertThat(Excerpts.of(sentence)).hasSize(1);
    }

    @Test
    void cutsParagraphsIntoSentences() {
        assertThat(Excerpts.of("One is **here**. Two uses\n`a.b()`. Three? 四です。五です。"))
                .extracting(Excerpt::plain)
                .containsExactly("One is here.", "Two uses a.b().", "Three?", "四です。", "五です。");
    }

    @Test
    void endsASentenceWhereALookAlikeOfAnAbbreviationDoes() {
        assertThat(Excerpts.of("It reads files etc. Then it ends... Next is vitamin c. Then d."))
                .extracting(Excerpt::plain)
                .containsExactly(
                        "It reads files etc.", "Then it ends...", "Next is vitamin c.", "Then d.");
    }

    @Test
    void keepsCodeWholeAndRemembersWhatIntroducesIt() {
        assertThat(Excerpts.of("Run this:\n\n````md\n```js\na. B\n\n# c\n```\n````\n\nDone."))
                .extracting(Excerpt::kind, Excerpt::markdown, Excerpt::introduced)
                .containsExactly(
                        tuple(Kind.SENTENCE, "Run this:", false),
                        tuple(Kind.CODE, "````md\n```js\na. B\n\n# c\n```\n````", true),
                        tuple(Kind.SENTENCE, "Done.", false));
    }

    @Test
    void readsItemsAndRowsOneByOne() {
        assertThat(
                        Excerpts.of(
                                "- a [link](x.md)\n  goes on\n2. b\n\n| A | B |\n|---|:-:|\n| `x` | y |"))
                .extracting(Excerpt::kind, Excerpt::plain)
                .containsExactly(
                        tuple(Kind.ITEM, "a link goes on"),
                        tuple(Kind.ITEM, "b"),
                        tuple(Kind.ROW, "x | y"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Links [a](b(c).md), [d](<e f> \"g\"), <https://h.example> go.|Links a, d, https://h.example go.",
                "Code `[a](b)` stays.|Code [a](b) stays.",
                "Code `` a`b `` and `c` stay.|Code a`b and c stay.",
                "An index x[i][j] is no link.|An index x[i][j] is no link.",
                "A*b*c, 2 * 3 * 4 and **two** stars*.|Abc, 2 * 3 * 4 and two stars*.",
                "File docs/_category_.json calls __init__.|File docs/_category_.json calls __init__.",
                "A List<String> and <Tabs> stay.|A List<String> and <Tabs> stay.",
                "Escaped \\*a\\* &lt;b&gt;.|Escaped *a* <b>.",
                "**One. Two.**|One.",
            })
    void readsAnAuthorsMarkdownAsText(String markdown, String plain) {
        assertThat(Excerpts.of(markdown).getFirst().plain()).isEqualTo(plain);
    }

    @Test
    void joinsTheLinesOfAParagraph() {
        assertThat(Excerpts.of("One  \ntwo\\\nthree\n four."))
                .extracting(Excerpt::markdown)
                .containsExactly("One two three four.");
    }

    @Test
    void readsBlocksWithinBlocks() {
        assertThat(
                        Excerpts.of(
                                """
                                Not a heading
                                =============

                                > Quoted so:
                                >
                                > ```sh
                                > docent check
                                > ```

                                - a
                                    - b

                                      More of b.

                                      ```
                                      c: |
                                        d
                                      ```
                                7. e
                                8. f\
                                """))
                .extracting(Excerpt::kind, Excerpt::markdown)
                .containsExactly(
                        tuple(Kind.SENTENCE, "Quoted so:"),
                        tuple(Kind.CODE, "```sh\ndocent check\n```"),
                        tuple(Kind.ITEM, "- a"),
                        tuple(Kind.ITEM, "- b"),
                        tuple(Kind.SENTENCE, "More of b."),
                        tuple(Kind.CODE, "```\nc: |\n  d\n```"),
                        tuple(Kind.ITEM, "7. e"),
                        tuple(Kind.ITEM, "8. f"));
    }

    @Test
    void readsAPartThatBeginsWithinAList() {
        assertThat(Excerpts.of("      More of it.\n2. Then:\n\n   ```\n   3. no item\n   ```"))
                .extracting(Excerpt::kind, Excerpt::markdown)
                .containsExactly(
                        tuple(Kind.SENTENCE, "More of it."),
                        tuple(Kind.ITEM, "2. Then:"),
                        tuple(Kind.CODE, "```\n3. no item\n```"));
    }

    @Test
    void keepsABarWithinACell() {
        assertThat(Excerpts.of("A | B\n--|--\n`x \\| y` | [z](a.md)"))
                .extracting(Excerpt::header, Excerpt::markdown, Excerpt::plain)
                .containsExactly(
                        tuple("| A | B |\n| --- | --- |", "| `x \\| y` | z |", "x | y | z"));
    }

    /** Far more than linear time needs, and far less than squared time would take. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "[",
                "`",
                "*",
                "_",
                ">",
                "|",
                "(",
                "\\",
                "&",
                "<",
                "|\n",
                "```\n",
                "- ",
                "-\n",
                "1. a\n",
                "a\n2. b\n",
                "e.g. ",
                "[a](",
                "![",
                "_a",
                "*a ",
                "`a",
                "a. ",
                " ",
                "a|b\n-|-\n",
                "https://"
            })
    void takesTimeInLineWithTheLengthOfHostileText(String text) {
        assertTimeoutPreemptively(
                Duration.ofMinutes(2), () -> Excerpts.of(text.repeat(100_000)), text);
    }
}
