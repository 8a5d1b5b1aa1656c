package dev.docent.quoting;

import static org.assertj.core.api.Assertions.assertThat;

import dev.docent.rag.Passage;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class QuotesTest {
    @Test
    void findsTheSentenceThatSupportsAnAnswerAsPlainText() {
        Passage passage =
                passage(
                        "Docs are **indexed** once. The `index` is kept on [disk](a.md). It is so.");
        assertThat(Quotable.of(passage).best("It keeps its index on disk [Source 1]."))
                .hasValue("The index is kept on disk.");
    }

    @Test
    void findsNoSentenceWhereNoneStandsOut() {
        assertThat(Quotable.of(passage("Docs are indexed once.")).best("Readers ask.")).isEmpty();
        assertThat(Quotable.of(passage("")).best("Readers ask.")).isEmpty();
    }

    @Test
    void cutsAnEndlessSentenceAtAWord() {
        String quote =
                Quotable.of(passage("index disk ".repeat(100))).best("index disk").orElseThrow();
        assertThat(quote).hasSizeLessThanOrEqualTo(Quotable.LONGEST_QUOTE).endsWith(" disk");
    }

    @Test
    void cutsASentenceWithoutBlanksBetweenCodePoints() {
        Passage passage = passage("x index disk".replace(' ', '/') + "🚀".repeat(200));
        String quote = Quotable.of(passage).best("index disk").orElseThrow();
        assertThat(quote).hasSizeBetween(290, Quotable.LONGEST_QUOTE).endsWith("🚀");
    }

    @Test
    void prefersTheSentenceWithTheRareWord() {
        Passage passage =
                passage(
                        "The site has a theme. The site has a sidebar. The site has a footer that"
                                + " `autoCollapse` closes.");
        List<Quotes.Quote> quotes = new Quotes().answering("site auto collapse", List.of(passage));
        assertThat(quotes.getFirst().excerpts().getLast().plain())
                .isEqualTo("The site has a footer that autoCollapse closes.");
    }

    private static Passage passage(String text) {
        return new Passage(new UUID(0, 0), "docs/a.md", "A", List.of(), "", null, 0, text, 0);
    }
}
