package dev.docent.qdrant;

import dev.docent.rag.Bm25;
import dev.docent.rag.Passage;
import dev.docent.text.Words;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;

/**
 * {@link Bm25} as sparse vectors. A passage's vector holds the weight of each of its terms, and a
 * question's holds 1 for each of its terms; the server multiplies by the inverse document frequency
 * (modifier {@code idf}).
 */
final class Bm25Weights {
    /**
     * Terms of an average passage, each counted by its field's weight: 101 and 74 were measured on
     * two sites. A constant, because an average that changes with each ingestion would make older
     * vectors wrong. As passages are split to a similar length, it changes little, and with {@link
     * Bm25#B} a fifth more or less changes no weight by a twentieth.
     */
    private static final double AVERAGE_LENGTH = 90;

    private Bm25Weights() {}

    /** The vector of a passage. */
    static SparseVector document(Passage passage) {
        List<String> path = passage.headingPath();
        int parents = Math.max(0, path.size() - 1);
        Map<Integer, Double> counts = new LinkedHashMap<>();
        double length =
                count(passage.text(), 1, counts)
                        + count(passage.title(), Bm25.TITLE, counts)
                        + count(String.join("\n", path.subList(0, parents)), Bm25.PARENTS, counts)
                        + count(
                                String.join("\n", path.subList(parents, path.size())),
                                Bm25.HEADING,
                                counts);
        double norm = Bm25.K1 * (1 - Bm25.B + Bm25.B * length / AVERAGE_LENGTH);
        return new SparseVector(
                List.copyOf(counts.keySet()),
                counts.values().stream().map(count -> (float) (count / (count + norm))).toList());
    }

    /** What asks for terms: each once, with weight one. */
    static SparseVector query(List<String> terms) {
        List<Integer> dimensions = terms.stream().map(Bm25Weights::dimension).distinct().toList();
        return new SparseVector(dimensions, Collections.nCopies(dimensions.size(), 1f));
    }

    private static double count(String text, float weight, Map<Integer, Double> counts) {
        List<String> terms = Words.terms(text);
        terms.forEach(term -> counts.merge(dimension(term), (double) weight, Double::sum));
        return weight * terms.size();
    }

    /** The dimension that stands for a term; two of a site's terms rarely share one. */
    static int dimension(String term) {
        CRC32 checksum = new CRC32();
        checksum.update(term.getBytes(StandardCharsets.UTF_8));
        return (int) checksum.getValue();
    }
}
