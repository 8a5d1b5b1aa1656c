package dev.docent.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WordsTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    How do I install the program?  | instal program
                    useDocusaurusContext           | usedocusauruscontext usedocusauruscontext docusauru context
                    ALLOWED_ORIGINS, --full-scale  | allowed_origin allowedorigin allow origin full_scal fullscal full scale
                    HTMLParser v1beta 7860         | htmlparser v1beta 7860
                    configured configures queries  | configur configur queri
                    Übergröße naïve                | ubergross naiv
                    日本語の文書                    | 日本 本語 語の の文 文書
                    it's what the user's using     | user' user
                    the of and                     | ''
                    """)
    void cutsATextIntoTheTermsOfItsTopic(String text, String terms) {
        assertThat(String.join(" ", Words.topics(text))).isEqualTo(terms);
    }

    @Test
    void asksForAllWordsWhereNoneSaysWhatFor() {
        assertThat(terms("how do I make it work"))
                .containsExactly("how", "do", "i", "make", "work");
        assertThat(terms("how do I make tea, and more tea?")).containsExactly("tea", "more", "tea");
        assertThat(Words.asked("one two three four", 2)).hasSize(2);
    }

    @Test
    void knowsThePartsOfOneCompound() {
        List<Words.Token> asked = Words.asked("sidebarPath option", 9);
        assertThat(asked)
                .contains(
                        new Words.Token("sidebarpath", 0, 11),
                        new Words.Token("path", 0, 11),
                        new Words.Token("option", 12, 18));
        assertThat(asked.stream().filter(asked.getFirst()::overlaps)).hasSize(3);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    Isn't it in docusaurus.config.js? | Isn't;it;in;docusaurus.config.js
                    use --full-refresh, v1.2          | use;full;refresh;v1.2
                    如何部署, 到服务器                 | 如何部署;到服务器
                    ¿¡ …                              | ''
                    """)
    void tellsTheWordsAsTheyAreWritten(String text, String words) {
        assertThat(String.join(";", Words.written(text))).isEqualTo(words);
    }

    @ParameterizedTest
    @CsvSource({"It's, true", "USING, true", "pleas, true", "docs, false", "x, false"})
    void knowsWordsWithoutATopic(String word, boolean stop) {
        assertThat(Words.isStop(word)).isEqualTo(stop);
    }

    @Test
    void takesTextOfAnyKindAndLength() {
        String hostile = "\uD800 \u0000_____ \u202E A'".repeat(10_000) + "x".repeat(100_000);
        for (int end : List.of(0, 1, 2, 9, 1000, hostile.length())) {
            String text = hostile.substring(0, end);
            assertThat(Words.terms(text)).isNotNull();
            assertThat(Words.written(text)).isNotNull();
        }
    }

    private static List<String> terms(String question) {
        return Words.asked(question, 64).stream().map(Words.Token::term).toList();
    }
}
