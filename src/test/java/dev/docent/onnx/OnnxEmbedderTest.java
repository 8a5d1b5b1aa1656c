package dev.docent.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.docent.failure.DependencyException;
import dev.docent.rag.Embedder;
import dev.docent.rag.EmbedderContract;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class OnnxEmbedderTest extends EmbedderContract {
    private static OnnxEmbedder embedder;

    @BeforeAll
    static void load() {
        embedder = new OnnxEmbedder(2, Duration.ofMinutes(1));
    }

    @AfterAll
    static void close() {
        embedder.close();
    }

    @Override
    protected Embedder embedder() {
        return embedder;
    }

    @Test
    void placesAQuestionNearItsAnswer() {
        float[] question = embedder.embedQuery("how do I get rid of a plugin?");
        float[] answer = embedder.embedQuery("Removing an extension from your project");
        float[] other = embedder.embedQuery("The weather in Paris is mild");
        assertThat(dot(question, answer)).isGreaterThan(dot(question, other) + 0.2);
    }

    @Test
    void tellsUnusualWordsFromPlainOnes() {
        assertThat(embedder.unusualness("how do I get out of here"))
                .isLessThan(embedder.unusualness("kubernetes ingress annotations") - 1);
        assertThat(embedder.unusualness(" ")).isZero();
    }

    @Test
    void stopsWaitingWhenItsThreadIsInterrupted() {
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> embedder.embedQuery("word ".repeat(500)))
                .isInstanceOf(DependencyException.class)
                .hasMessage("An embedding was interrupted.");
        assertThat(Thread.interrupted()).isTrue();
    }

    /** A crash of the native code would end the test run itself. */
    @Test
    void closesWhileOthersCount() throws Exception {
        OnnxEmbedder closing = new OnnxEmbedder(1, Duration.ofMinutes(1));
        String text = "Words that are to be cut into pieces. ".repeat(500);
        CountDownLatch counting = new CountDownLatch(4);
        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            List<Future<?>> counts = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                counts.add(
                        threads.submit(() -> {
                            while (true) {
                                closing.tokens(text);
                                counting.countDown();
                            }
                        }));
            }
            counting.await();
            closing.close();
            for (Future<?> count : counts) {
                assertThatThrownBy(() -> count.get(1, TimeUnit.MINUTES))
                        .hasCauseInstanceOf(IllegalStateException.class);
            }
        }
    }
}
