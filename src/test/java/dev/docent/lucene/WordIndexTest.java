package dev.docent.lucene;

import static org.assertj.core.api.Assertions.assertThat;

import dev.docent.rag.Candidates;
import dev.docent.rag.EmbeddingSpace;
import dev.docent.rag.Hit;
import dev.docent.rag.IndexUpdate;
import dev.docent.rag.IndexUpdate.Entry;
import dev.docent.rag.Outline;
import dev.docent.rag.Passage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WordIndexTest {
    private static final List<String> TEXTS =
            List.of(
                    "Install the program with `npm install`.",
                    "The option autoCollapseCategories closes groups.",
                    "Uninstall it, or remove the folder.",
                    "The threshold counts in metres, metres above zero.",
                    "日本語のドキュメントです。");

    @Test
    void findsByWordsWhatTheIndexOnDiskFinds(@TempDir Path folder) {
        WordIndex.Builder words = new WordIndex.Builder();
        try (LuceneIndex disk = LuceneIndex.open(folder)) {
            try (IndexUpdate update = disk.update(new EmbeddingSpace("words", 1))) {
                List<Entry> entries = new ArrayList<>();
                for (int i = 0; i < 500; i++) {
                    Passage passage = passage("docs/" + i + ".md", 0, TEXTS.get(i % 5) + " " + i);
                    words.add(passage);
                    entries.add(new Entry(passage, "hash", new float[] {1}));
                }
                update.put(entries.subList(0, 200));
                update.put(entries.subList(200, 500));
                update.publish();
            }
            WordIndex memory = words.build();
            for (String question :
                    List.of(
                            "how do I install 7?",
                            "auto collapse categories 21",
                            "instal the progamm 35",
                            "delete 102",
                            "treshold in metres 33",
                            "ドキュメント 44",
                            "zebra crossing",
                            "?")) {
                Candidates expected = disk.search(question, null, 20);
                Candidates found = memory.search(question, 20);
                assertThat(scores(found)).as(question).isEqualTo(scores(expected));
                assertThat(found.idf()).isEqualTo(expected.idf());
                assertThat(found.unknown()).isEqualTo(expected.unknown());
            }
        }
    }

    private static Map<Outline, Double> scores(Candidates found) {
        return found.hits().stream().collect(Collectors.toMap(Hit::passage, Hit::bm25));
    }

    @Test
    void knowsAPassageAndItsSectionByIds() {
        WordIndex.Builder words = new WordIndex.Builder();
        List<Passage> section = new ArrayList<>();
        for (int part : List.of(2, 0, 1)) {
            section.add(passage("docs/a.md", part, "Part " + part));
        }
        section.forEach(words::add);
        Passage other = passage("docs/b.md", 0, "Elsewhere");
        Passage foreign =
                new Passage(
                        new UUID(0, 7), "docs/a.md", "A", List.of(), "", null, 0, "Foreign.", 0);
        words.add(other);
        words.add(foreign);

        WordIndex index = words.build();

        assertThat(index.outline(other.id())).contains(other.outline());
        assertThat(index.outline(UUID.randomUUID())).isEmpty();
        assertThat(index.section(section.getFirst().outline()))
                .extracting(Outline::part)
                .containsExactly(0, 1, 2);
        assertThat(index.section(foreign.outline())).containsExactly(foreign.outline());
        assertThat(index.section(other.outline())).containsExactly(other.outline());
    }

    @Test
    void mayBeEmpty() {
        WordIndex index = new WordIndex.Builder().build();
        assertThat(index.search("anything", 5).hits()).isEmpty();
    }

    private static Passage passage(String file, int part, String text) {
        return new Passage(
                Passage.idOf(file, "", part), file, "A page", List.of(), "", null, part, text, 3);
    }
}
