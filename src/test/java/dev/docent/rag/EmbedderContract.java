package dev.docent.rag;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every {@link Embedder} keeps, in terms of the port alone. */
public abstract class EmbedderContract {

    /** The embedder under test; whoever makes it closes it. */
    protected abstract Embedder embedder();

    @Test
    void embedsQuestionsAsVectorsOfLengthOneInItsSpace() {
        float[] vector = embedder().embedQuery("How do I install it?");
        assertThat(vector).hasSize(embedder().space().dimension());
        assertThat(dot(vector, vector)).isCloseTo(1, within(0.001));
        assertThat(embedder().space().model()).isNotBlank();
    }

    @Test
    void embedsPassagesInTheirOrder() {
        List<Passage> passages =
                IntStream.range(0, 250).mapToObj(i -> passage("Chapter " + i * i)).toList();
        List<float[]> vectors = embedder().embedPassages(passages);
        assertThat(vectors).hasSameSizeAs(passages);
        for (int i : new int[] {0, 99, 100, 249}) {
            float[] alone = embedder().embedPassages(List.of(passages.get(i))).getFirst();
            assertThat(dot(vectors.get(i), alone)).isCloseTo(1, within(0.001));
            assertThat(dot(alone, alone)).isCloseTo(1, within(0.001));
        }
        assertThat(embedder().embedPassages(List.of())).isEmpty();
    }

    @Test
    void takesTextsOfAnyKindAndLength() {
        for (String text :
                List.of("?", "\uD83D\uDE00", "日本語", "a \u0000 b", "word ".repeat(20_000))) {
            float[] vector = embedder().embedQuery(text);
            assertThat(dot(vector, vector)).isCloseTo(1, within(0.001));
        }
        assertThat(embedder().embedPassages(List.of(passage("long ".repeat(20_000))))).hasSize(1);
    }

    @Test
    void countsTokens() {
        int few = embedder().tokens("two words");
        assertThat(few).isBetween(1, 9);
        assertThat(embedder().tokens("two words ".repeat(2000))).isGreaterThan(1000 * few);
    }

    @Test
    void servesManyReadersAtOnce() throws Exception {
        float[] alone = embedder().embedQuery("How do I install it?");
        try (ExecutorService readers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<float[]>> vectors =
                    IntStream.range(0, 100)
                            .mapToObj(i ->
                                    readers.submit(
                                            () -> embedder().embedQuery("How do I install it?")))
                            .toList();
            for (Future<float[]> vector : vectors) {
                assertThat(dot(vector.get(), alone)).isCloseTo(1, within(0.001));
            }
        }
    }

    /** A passage with this text. */
    protected static Passage passage(String text) {
        return new Passage(
                Passage.idOf("docs/a.md", "", 0),
                "docs/a.md",
                "A page",
                List.of("Here"),
                "here",
                "/a#here",
                0,
                text,
                0);
    }

    protected static double dot(float[] a, float[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }
}
