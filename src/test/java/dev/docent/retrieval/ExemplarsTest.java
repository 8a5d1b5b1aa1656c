package dev.docent.retrieval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.docent.onnx.OnnxEmbedder;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The examples' vectors that are a resource, beside those that the model computes. */
class ExemplarsTest {

    @Test
    void haveTheVectorsThatTheModelGivesThem() {
        Map<String, float[]> kept = Exemplars.vectors();
        assertThat(kept.keySet())
                .as("else run ExemplarVectors")
                .containsExactlyInAnyOrderElementsOf(ExemplarVectors.questions().toList());
        try (OnnxEmbedder embedder = new OnnxEmbedder(2, Duration.ofMinutes(1))) {
            assertThat(Evidence.calibratedFor(embedder.space())).isTrue();
            kept.forEach((text, vector) ->
                    assertThat(dot(vector, embedder.embedQuery(text)))
                            .as(text)
                            .isCloseTo(1, within(0.001)));
        }
    }

    private static double dot(float[] one, float[] other) {
        double dot = 0;
        for (int i = 0; i < one.length; i++) {
            dot += one[i] * other[i];
        }
        return dot;
    }
}
