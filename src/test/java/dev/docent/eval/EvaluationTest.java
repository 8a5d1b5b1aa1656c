package dev.docent.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import dev.docent.eval.EvalReport.Miss;
import dev.docent.lucene.LuceneIndex;
import dev.docent.onnx.OnnxEmbedder;
import dev.docent.rag.IndexUpdate;
import dev.docent.rag.Passage;
import dev.docent.retrieval.Retriever;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvaluationTest {
    @TempDir private Path folder;

    @Test
    void countsHitsRefusalsAndMissesByKind() throws IOException {
        EvalReport report =
                run(
                        """
                        {"id":"a","question":"how do I open the gate?","kind":"how-to","expected":[{"file":"docs/gate.md","anchor":"open","level":2}]}
                        {"id":"b","question":"and close it again?","kind":"follow-up","history":[{"role":"user","content":"how do I open the gate?"},{"role":"assistant","content":"Turn the key."}],"expected":[{"file":"docs/gate.md","anchor":"close","level":2}]}
                        {"id":"c","question":"open and close the gate","kind":"multi-hop","match":"all","expected":[{"file":"docs/gate.md","anchor":"open","level":2},{"file":"docs/gate.md","anchor":"close","level":2}]}
                        {"id":"d","question":"what is the gate","kind":"concept","expected":[{"file":"docs/gate.md","anchor":"the-gate","level":1}]}
                        {"id":"e","question":"open the gate","kind":"how-to","expected":[{"file":"docs/none.md","anchor":"","level":0}]}
                        {"id":"f","question":"who is the prime minister of the UK","kind":"out-of-scope","expected":[]}
                        """);

        assertThat(report.scores())
                .extracting(EvalReport.Score::name)
                .containsExactly(
                        "concept", "follow-up", "how-to", "multi-hop", "out-of-scope", "all");
        assertThat(report.all().hit5()).isEqualTo(new Share(4, 5));
        assertThat(report.all().file5()).isEqualTo(new Share(4, 5));
        assertThat(report.all().refusedRight()).isEqualTo(new Share(1, 1));
        assertThat(report.misses())
                .extracting(Miss::id, Miss::expected)
                .contains(tuple("e", List.of("docs/none.md")));
        assertThat(report.table()).contains("how-to", "docs/none.md", "A search took");
        assertThat(report.json())
                .containsKeys("scores", "corpora", "misses", "median_ms", "p99_ms");
    }

    @Test
    void namesTheLineThatItCannotRead() {
        assertThatThrownBy(() -> run("{\"question\":\"a\"}\n{\"question\""))
                .isInstanceOf(EvalException.class)
                .hasMessageContaining("questions0.jsonl line 2 is not JSON");
        assertThatThrownBy(() -> run("{}"))
                .isInstanceOf(EvalException.class)
                .hasMessageContaining("line 1 has no \"question\"");
        assertThatThrownBy(() -> run("\n"))
                .isInstanceOf(EvalException.class)
                .hasMessageContaining("holds no questions");
    }

    @Test
    void givesWilsonsInterval() {
        Share share = new Share(8, 10);
        assertThat(share.low()).isCloseTo(0.490, within(0.001));
        assertThat(share.high()).isCloseTo(0.943, within(0.001));
        assertThat(new Share(0, 0).value()).isZero();
    }

    @Test
    void countsEachFileForItselfWhereThereAreSeveral() throws IOException {
        String open =
                "{\"question\":\"how do I open the gate?\",\"expected\":[{\"file\":\"docs/gate.md\",\"anchor\":\"open\"}]}";
        String outside = "{\"question\":\"who is the prime minister of the UK\"}";

        EvalReport report = run(open + "\n" + outside, open);

        assertThat(report.corpora())
                .extracting(EvalReport.Score::hit5, EvalReport.Score::refusedRight)
                .containsExactly(
                        tuple(new Share(1, 1), new Share(1, 1)),
                        tuple(new Share(1, 1), new Share(0, 0)));
        assertThat(report.all().hit5()).isEqualTo(new Share(2, 2));
        assertThat(report.table()).contains("questions0.jsonl", "questions1.jsonl");
        assertThat(report.json().toString()).contains("hit_at_5_95=[0.34");
        assertThat(run(open).table()).doesNotContain("questions0.jsonl");
    }

    private EvalReport run(String... questions) throws IOException {
        List<Path> files = new ArrayList<>();
        for (String some : questions) {
            Path file = folder.resolve("questions" + files.size() + ".jsonl");
            files.add(Files.writeString(file, some));
        }
        try (OnnxEmbedder embedder = new OnnxEmbedder(2, Duration.ofMinutes(1));
                LuceneIndex index = LuceneIndex.open(folder.resolve("index"))) {
            List<Passage> passages =
                    List.of(
                            passage("", List.of(), "The gate is the way into the garden."),
                            passage("open", List.of("Open"), "Turn the key to open the gate."),
                            passage("close", List.of("Close"), "Push to close the gate."));
            List<float[]> vectors = embedder.embedPassages(passages);
            try (IndexUpdate update = index.update(embedder.space())) {
                for (int i = 0; i < passages.size(); i++) {
                    update.put(
                            List.of(
                                    new IndexUpdate.Entry(
                                            passages.get(i), "hash", vectors.get(i))));
                }
                update.publish();
            }
            return Evaluation.run(files, new Retriever(index, embedder));
        }
    }

    private static Passage passage(String anchor, List<String> path, String text) {
        return new Passage(
                Passage.idOf("docs/gate.md", anchor, 0),
                "docs/gate.md",
                "The gate",
                path,
                anchor,
                "/gate#" + anchor,
                0,
                text,
                10);
    }
}
