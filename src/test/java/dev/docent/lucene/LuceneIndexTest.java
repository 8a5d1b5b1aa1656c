package dev.docent.lucene;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.docent.failure.DependencyException;
import dev.docent.failure.Failure.Nature;
import dev.docent.rag.EmbeddingSpace;
import dev.docent.rag.Hit;
import dev.docent.rag.IndexUpdate;
import dev.docent.rag.IndexUpdate.Entry;
import dev.docent.rag.PassageIndex;
import dev.docent.rag.PassageIndexContract;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LuceneIndexTest extends PassageIndexContract {
    private static final float[] EAST = {1, 0, 0, 0};

    @TempDir private Path folder;

    @Override
    protected PassageIndex open() {
        return LuceneIndex.open(folder.resolve("passages"));
    }

    @ParameterizedTest
    @CsvSource({
        "autoCollapseCategories, The option autoCollapseCategories closes groups.",
        "auto collapse, The option autoCollapseCategories closes groups.",
        "--full-refresh, Run it with --full-refresh to start over.",
        "full refresh, Run it with --full-refresh to start over.",
        "docusaurus.config.js, Write docusaurus.config.js by hand.",
        "config, Write docusaurus.config.js by hand.",
        "my_dag_id, Set my_dag_id in the schedule.",
        "dag, Set my_dag_id in the schedule.",
        "ERR_OSSL_EVP_UNSUPPORTED, Node fails with ERR_OSSL_EVP_UNSUPPORTED there.",
        "versioning, Keep few versions.",
        "verisons, Keep few versions.",
        "schedlue, Set my_dag_id in the schedule.",
        "ドキュメント, 日本語のドキュメントです。",
        "Größe, Die Grösse und die Große Größe.",
        "naive, Das naïve Vorgehen.",
        "установка, Здесь описана установка программы."
    })
    void findsWordsAsDevelopersWriteThem(String question, String text) {
        try (LuceneIndex index = LuceneIndex.open(folder.resolve("words"))) {
            publish(
                    index,
                    "The option autoCollapseCategories closes groups.",
                    "Run it with --full-refresh to start over.",
                    "Write docusaurus.config.js by hand.",
                    "Set my_dag_id in the schedule.",
                    "Node fails with ERR_OSSL_EVP_UNSUPPORTED there.",
                    "Keep few versions.",
                    "日本語のドキュメントです。",
                    "Die Grösse und die Große Größe.",
                    "Das naïve Vorgehen.",
                    "Здесь описана установка программы.");
            List<Hit> hits = index.search(question, null, 1).hits();
            assertThat(hits)
                    .extracting(hit -> hit.passage().textHash())
                    .containsExactly(text.hashCode());
        }
    }

    @Test
    void tellsHowRareTheWordsAre() {
        try (LuceneIndex index = LuceneIndex.open(folder.resolve("words"))) {
            publish(index, "common rare", "common", "common");
            assertThat(index.search("common rare zebra", null, 1).idf())
                    .containsOnlyKeys("common", "rare", "zebra")
                    .satisfies(idf -> {
                        assertThat(idf.get("rare")).isGreaterThan(idf.get("common"));
                        assertThat(idf.get("zebra")).isGreaterThan(idf.get("rare"));
                    });
        }
    }

    @Test
    void tellsWithoutAnUpdateWhetherItHoldsExactlyThesePassages() {
        Entry one = entry("a.md", "", 0, "One.", EAST);
        Entry two = entry("b.md", "", 0, "Two.", EAST);
        Map<UUID, String> first = Map.of(one.passage().id(), one.hash());
        Map<UUID, String> both =
                Map.of(one.passage().id(), one.hash(), two.passage().id(), two.hash());
        try (LuceneIndex index = LuceneIndex.open(folder.resolve("held"))) {
            assertThat(index.holds(SPACE, both)).isFalse();
            try (IndexUpdate update = index.update(SPACE)) {
                update.put(List.of(one, two));
                assertThat(index.holds(SPACE, both)).isFalse();
                update.publish();
            }
            assertThat(index.holds(SPACE, both)).isTrue();
            assertThat(index.holds(new EmbeddingSpace("other", 4), both)).isFalse();
            assertThat(index.holds(SPACE, first)).isFalse();
            assertThat(index.holds(SPACE, Map.of())).isFalse();
            try (IndexUpdate update = index.update(SPACE)) {
                update.remove(List.of(two.passage().id()));
            }
            assertThat(index.holds(SPACE, both)).as("an update was not published").isFalse();
            try (IndexUpdate update = index.update(SPACE)) {
                update.publish();
            }
            assertThat(index.holds(SPACE, first)).isTrue();
        }
    }

    @Test
    void saysThatAnotherInstanceHoldsTheFolder() {
        Path held = folder.resolve("passages");
        assertThatThrownBy(() -> LuceneIndex.open(held))
                .isInstanceOfSatisfying(
                        DependencyException.class,
                        e -> {
                            assertThat(e.failure().nature()).isEqualTo(Nature.MISCONFIGURED);
                            assertThat(e)
                                    .hasMessage(
                                            "The index folder "
                                                    + held
                                                    + " is held by another instance of docent.");
                        });
    }

    @Test
    void saysThatTheFolderCannotBeMade() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "no folder");
        assertThatThrownBy(() -> LuceneIndex.open(file.resolve("index")))
                .isInstanceOfSatisfying(
                        DependencyException.class,
                        e -> assertThat(e.failure().nature()).isEqualTo(Nature.MISCONFIGURED))
                .hasMessageStartingWith("The index folder " + file.resolve("index"))
                .hasMessageContaining("cannot be opened");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 4, 9, 14})
    void isReadableAfterItsProcessWasKilled(int lines) throws Exception {
        Path killed = folder.resolve("killed");
        Process writer =
                new ProcessBuilder(
                                ProcessHandle.current().info().command().orElseThrow(),
                                "-cp",
                                System.getProperty("java.class.path"),
                                "--enable-native-access=ALL-UNNAMED",
                                "-Xmx256m",
                                EndlessWriter.class.getName(),
                                killed.toString())
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start();
        String last = "";
        try (BufferedReader out =
                new BufferedReader(new InputStreamReader(writer.getInputStream(), UTF_8))) {
            for (int i = 0; i < lines; i++) {
                last = out.readLine();
                assertThat(last).isNotNull();
            }
        } finally {
            writer.destroyForcibly();
            writer.waitFor();
        }
        try (LuceneIndex index = LuceneIndex.open(killed)) {
            assertThat(index.state().passages()).isEqualTo(EndlessWriter.PASSAGES);
            List<Integer> texts =
                    index.search("generation", EAST, EndlessWriter.PASSAGES).hits().stream()
                            .map(hit -> hit.passage().textHash())
                            .distinct()
                            .toList();
            assertThat(texts).as("after " + last).hasSize(1);
            try (IndexUpdate update = index.update(SPACE)) {
                assertThat(update.present()).hasSize(EndlessWriter.PASSAGES);
                update.publish();
            }
        }
    }

    private static void publish(LuceneIndex index, String... texts) {
        try (IndexUpdate update = index.update(SPACE)) {
            for (int i = 0; i < texts.length; i++) {
                update.put(List.of(entry("docs/" + i + ".md", "", 0, texts[i], EAST)));
            }
            update.publish();
        }
    }

    /** Writes one generation after the other, and a line after each step, until it is killed. */
    static final class EndlessWriter {
        static final int PASSAGES = 40;

        private EndlessWriter() {}

        public static void main(String[] args) {
            EmbeddingSpace space = SPACE;
            try (LuceneIndex index = LuceneIndex.open(Path.of(args[0]))) {
                for (int generation = 0; ; generation++) {
                    try (IndexUpdate update = index.update(space)) {
                        for (int i = 0; i < PASSAGES; i += 10) {
                            update.put(entries(generation, i));
                            if (generation > 0) {
                                System.out.println("put " + generation);
                            }
                        }
                        update.publish();
                        System.out.println("published " + generation);
                    }
                }
            }
        }

        private static List<Entry> entries(int generation, int from) {
            return IntStream.range(from, from + 10)
                    .mapToObj(i -> entry("docs/" + i, "", 0, "generation " + generation, EAST))
                    .toList();
        }
    }
}
