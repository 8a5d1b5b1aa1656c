package dev.docent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.docent.config.QdrantProtocol;
import dev.docent.config.Secret;
import dev.docent.config.ServiceUrl;
import dev.docent.failure.DependencyException;
import dev.docent.failure.Diagnosis;
import dev.docent.failure.Failure;
import dev.docent.failure.Failure.Nature;
import dev.docent.failure.FailureCode;
import dev.docent.lucene.LuceneIndex;
import dev.docent.qdrant.FakeQdrant;
import dev.docent.qdrant.QdrantIndex;
import dev.docent.qdrant.QdrantSettings;
import dev.docent.rag.Candidates;
import dev.docent.rag.Embedder;
import dev.docent.rag.EmbeddingSpace;
import dev.docent.rag.IndexUpdate;
import dev.docent.rag.IndexUpdate.Entry;
import dev.docent.rag.Passage;
import dev.docent.rag.PassageIndex;
import dev.docent.retrieval.Retriever;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What readers get while nothing embeds their questions: the same from either index. */
class WordsAloneTest {
    private static final EmbeddingSpace SPACE = new EmbeddingSpace("model", 1);

    @TempDir private Path folder;

    @Test
    void areOfOneScaleInLucene() {
        try (PassageIndex index = LuceneIndex.open(folder.resolve("index"))) {
            areOfOneScale(index);
        }
    }

    @Test
    void areOfOneScaleInQdrant() {
        String key = "the-key";
        try (FakeQdrant server = FakeQdrant.start(key);
                PassageIndex index =
                        new QdrantIndex(
                                new QdrantSettings(
                                        ServiceUrl.parse("127.0.0.1:" + server.grpcPort()),
                                        Secret.of(key),
                                        "words",
                                        Duration.ofMinutes(1),
                                        QdrantProtocol.GRPC))) {
            areOfOneScale(index);
        }
    }

    private static void areOfOneScale(PassageIndex index) {
        List<Entry> entries = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            entries.add(entry("other" + i, "Another matter", "filler ".repeat(90)));
        }
        entries.add(entry("a", "Units", "The threshold is set in metres." + filler(60)));
        entries.add(
                entry(
                        "b",
                        "Setting the threshold",
                        "Set the threshold with threshold: 4.2; the threshold counts in metres,"
                                + " metres above zero."
                                + filler(50)));
        entries.add(
                entry(
                        "c",
                        "Names",
                        "Somewhere a threshold and some metres are named." + filler(110)));
        try (IndexUpdate update = index.update(SPACE)) {
            update.put(entries);
            update.publish();
        }

        Map<String, Double> shares = shares(index.search("threshold metres", null, 50));
        assertThat(shares).containsOnlyKeys("a", "b", "c");
        assertThat(shares.get("a")).isCloseTo(0.48, within(0.03));
        assertThat(shares.get("b")).isCloseTo(0.75, within(0.03));
        assertThat(shares.get("c")).isCloseTo(0.42, within(0.03));

        Retriever retriever = new Retriever(index, new Down());
        assertThat(retriever.search("threshold metres", null, 5))
                .satisfies(found -> {
                    assertThat(found.evidence()).isTrue();
                    assertThat(found.passages().getFirst().file()).isEqualTo("b");
                });
        assertThat(retriever.search("threshold of a zebra crossing in zanzibar", null, 5))
                .satisfies(found -> {
                    assertThat(found.evidence()).isFalse();
                    assertThat(found.passages()).isNotEmpty();
                });
    }

    /** The lexical score of each file's passage, as a share of the most that it could be. */
    private static Map<String, Double> shares(Candidates found) {
        double most = found.idf().values().stream().mapToDouble(Double::doubleValue).sum();
        return found.hits().stream()
                .collect(Collectors.toMap(hit -> hit.passage().file(), hit -> hit.bm25() / most));
    }

    private static String filler(int words) {
        return " filler".repeat(words);
    }

    private static Entry entry(String file, String heading, String text) {
        Passage passage =
                new Passage(
                        Passage.idOf(file, "", 0),
                        file,
                        "Page",
                        List.of(heading),
                        "",
                        null,
                        0,
                        text,
                        3);
        return new Entry(passage, "hash", new float[] {1});
    }

    /** An embedder whose service is down. */
    private static final class Down implements Embedder {
        @Override
        public EmbeddingSpace space() {
            return SPACE;
        }

        @Override
        public float[] embedQuery(String text) {
            throw new DependencyException(
                    new Failure(
                            Diagnosis.GEMINI_UNREACHABLE,
                            FailureCode.TIMEOUT,
                            Nature.UNAVAILABLE,
                            "It is down.",
                            "The model is down.",
                            "Wait."));
        }

        @Override
        public List<float[]> embedPassages(List<Passage> passages) {
            throw new UnsupportedOperationException();
        }

        @Override
        public int tokens(String text) {
            return 0;
        }

        @Override
        public void close() {}
    }
}
