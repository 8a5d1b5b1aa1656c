package dev.docent.qdrant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.docent.rag.Passage;
import java.util.HashSet;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class Bm25WeightsTest {

    @Test
    void weighsARepeatedTermLessThanTwice() {
        SparseVector once = document("marmalade");
        SparseVector twice = document("marmalade marmalade");
        assertThat(twice.indices()).isEqualTo(once.indices());
        assertThat(twice.values().getFirst() / once.values().getFirst()).isBetween(1f, 2f);
    }

    @Test
    void weighsNoTermAboveOne() {
        assertThat(document("marmalade ".repeat(1000)).values().getFirst()).isBetween(0.9f, 1f);
    }

    @Test
    void holdsALongTextBack() {
        float inShort = document("marmalade").values().getFirst();
        float inLong = document("marmalade " + "filler ".repeat(500)).values().getFirst();
        assertThat(inLong).isLessThan(inShort);
    }

    @Test
    void countsAHeadingMoreThanTheText() {
        assertThat(weight(passage("Page", List.of("Parent", "x"), "marmalade"), "x"))
                .isGreaterThan(weight(passage("x", List.of("Parent", "Page"), "marmalade"), "x"));
        assertThat(weight(passage("x", List.of("Parent", "Page"), "marmalade"), "x"))
                .isGreaterThan(weight(passage("Page", List.of("Parent"), "x"), "x"));
        assertThat(weight(passage("Page", List.of("x", "Heading"), "marmalade"), "x"))
                .isEqualTo(weight(passage("Page", List.of("y", "Heading"), "marmalade"), "y"));
    }

    @Test
    void namesNoDimensionTwice() {
        List<Integer> indices = document("a Aa BB aA word words word_word WORD").indices();
        assertThat(new HashSet<>(indices)).hasSameSizeAs(indices);
    }

    @Test
    void weighsAQuestionsTermsAlike() {
        assertThat(Bm25Weights.question(List.of("x", "y", "x")).values()).containsExactly(1f, 1f);
    }

    @Test
    void weighsSynonymsLessThanWhatIsAsked() {
        SparseVector question = Bm25Weights.question(List.of("delet", "remov"));
        assertThat(question.values()).filteredOn(weight -> weight == 1f).hasSize(2);
        assertThat(question.values())
                .hasSizeGreaterThan(4)
                .allSatisfy(weight -> assertThat(weight).isIn(0.2f, 1f));
        assertThat(new HashSet<>(question.indices())).hasSameSizeAs(question.indices());
    }

    /** Once in a passage of average length, as in Lucene. */
    @Test
    void weighsATermOfAnAveragePassageAsLuceneDoes() {
        assertThat((double) document("marmalade " + "filler ".repeat(89)).values().getFirst())
                .isCloseTo(1 / (1 + 1.2), within(0.001));
    }

    @Test
    void takesTextOfAnyKindAndLength() {
        String hostile = "\uD800 \u0000_____ \u202E A".repeat(10_000) + "x".repeat(100_000);
        for (int end : List.of(0, 1, 2, 9, 1000, hostile.length())) {
            assertThat(document(hostile.substring(0, end)).indices()).isNotNull();
        }
    }

    private static float weight(Passage passage, String term) {
        SparseVector vector = Bm25Weights.document(passage);
        return vector.values().get(vector.indices().indexOf(Bm25Weights.dimension(term)));
    }

    private static SparseVector document(String text) {
        return Bm25Weights.document(passage("", List.of(), text));
    }

    private static Passage passage(String title, List<String> headings, String text) {
        return new Passage(new UUID(0, 0), "docs/a.md", title, headings, "", null, 0, text, 0);
    }
}
