package dev.docent.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.docent.text.Excerpt.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
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
        assertThat(Excerpt.of(sentence)).hasSize(1);
    }

    @Test
    void cutsParagraphsIntoSentences() {
        assertThat(Excerpt.of("One is **here**. Two uses\n`a.b()`. Three? 四です。五です。"))
                .extracting(Excerpt::plain)
                .containsExactly("One is here.", "Two uses a.b().", "Three?", "四です。", "五です。");
    }

    @Test
    void endsASentenceWhereALookAlikeOfAnAbbreviationDoes() {
        assertThat(Excerpt.of("It reads files etc. Then it ends... Next is vitamin c. Then d."))
                .extracting(Excerpt::plain)
                .containsExactly(
                        "It reads files etc.", "Then it ends...", "Next is vitamin c.", "Then d.");
    }

    @Test
    void keepsCodeWholeAndRemembersWhatIntroducesIt() {
        assertThat(Excerpt.of("Run this:\n\n````md\n```js\na. B\n\n# c\n```\n````\n\nDone."))
                .extracting(Excerpt::kind, Excerpt::markdown, Excerpt::introduced)
                .containsExactly(
                        tuple(Kind.SENTENCE, "Run this:", false),
                        tuple(Kind.CODE, "````md\n```js\na. B\n\n# c\n```\n````", true),
                        tuple(Kind.SENTENCE, "Done.", false));
    }

    @Test
    void readsItemsAndRowsOneByOne() {
        assertThat(
                        Excerpt.of(
                                "- a [link](x.md)\n  goes on\n2. b\n\n| A | B |\n|---|:-:|\n| `x` | y |"))
                .extracting(Excerpt::kind, Excerpt::plain)
                .containsExactly(
                        tuple(Kind.ITEM, "a link goes on"),
                        tuple(Kind.ITEM, "b"),
                        tuple(Kind.ROW, "x | y"));
    }

    @Test
    void survivesHostileText() {
        for (String text :
                new String[] {"[", "`", "*", "|\n", "```\n", "- ", "e.g. ", "[a](", "_a"}) {
            assertThat(Excerpt.of(text.repeat(20_000))).isNotNull();
        }
    }
}
