package dev.docent.qdrant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TermsTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    How do I install the program? | install program
                    useDocusaurusContext          | usedocusauruscontext use docusaurus context
                    ALLOWED_ORIGINS               | allowed_origins allow origin
                    HTMLParser v1beta 7860        | htmlparser html parser v1beta 7860
                    running runs                  | run run
                    configured configures         | configur configur
                    queries query                 | query query
                    class status bus thing        | class status bus thing
                    Übergröße prüfen              | übergröß prüfen
                    日本語の文書                   | 日本 本語 語の の文 文書
                    the of and                    | ''
                    """)
    void cutsATextIntoTerms(String text, String terms) {
        assertThat(String.join(" ", Terms.of(text))).isEqualTo(terms);
    }

    @Test
    void weighsARepeatedTermLessThanTwice() {
        SparseVector once = Terms.document("marmalade");
        SparseVector twice = Terms.document("marmalade marmalade");
        assertThat(twice.indices()).isEqualTo(once.indices());
        assertThat(twice.values().getFirst() / once.values().getFirst()).isBetween(1f, 2f);
    }

    @Test
    void holdsALongTextBack() {
        float inShort = Terms.document("marmalade").values().getFirst();
        float inLong = Terms.document("marmalade " + "filler ".repeat(500)).values().getFirst();
        assertThat(inLong).isLessThan(inShort);
    }

    @Test
    void namesNoDimensionTwice() {
        List<Integer> indices = Terms.document("a Aa BB aA word words word_word WORD").indices();
        assertThat(new HashSet<>(indices)).hasSameSizeAs(indices);
    }

    @Test
    void weighsAQuestionsTermsAlike() {
        assertThat(Terms.query(List.of("x", "y", "x")).values()).containsExactly(1f, 1f);
        assertThat((double) Terms.document("x").values().getFirst()).isCloseTo(1.685, within(0.01));
    }

    @Test
    void takesTextOfAnyKindAndLength() {
        String hostile = "\uD800 \u0000_____ \u202E A".repeat(10_000) + "x".repeat(100_000);
        for (int end : List.of(0, 1, 2, 9, 1000, hostile.length())) {
            assertThat(Terms.document(hostile.substring(0, end)).indices()).isNotNull();
        }
    }
}
