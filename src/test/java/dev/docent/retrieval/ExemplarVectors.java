package dev.docent.retrieval;

import dev.docent.onnx.OnnxEmbedder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * Writes the vectors of the examples anew, after one was changed: {@code java -cp
 * 'target/classes:target/test-classes:target/lib/*' dev.docent.retrieval.ExemplarVectors}, in the
 * project's folder.
 */
public final class ExemplarVectors {
    private ExemplarVectors() {}

    /** Takes no arguments. */
    public static void main(String[] args) throws IOException {
        Path resource = Path.of("src/main/resources/dev/docent/retrieval", Exemplars.VECTORS);
        try (OnnxEmbedder embedder = new OnnxEmbedder(2, Duration.ofMinutes(1))) {
            List<String> lines =
                    questions()
                            .map(text -> Exemplars.line(text, embedder.embedQuery(text)))
                            .toList();
            Files.write(resource, lines);
        }
    }

    /** All examples, of either kind. */
    static Stream<String> questions() {
        return Stream.of("off-topic.txt", "elsewhere.txt")
                .flatMap(resource -> Exemplars.questions(resource).stream());
    }
}
