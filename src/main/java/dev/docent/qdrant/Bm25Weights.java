package dev.docent.qdrant;

import dev.docent.rag.Bm25;
import dev.docent.rag.Passage;
import dev.docent.text.Synonyms;
import dev.docent.text.Words;
import java.nio.charset.StandardCharsets;
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
     * Bm25#B} a fifth more or less changes the weights of such a passage by a twentieth.
     */
    private static final double AVERAGE_LENGTH = 90;

    /**
     * What a synonym counts, against a word of the question: half of what it does in Lucene, where
     * only the best synonym of a word counts, and none more than the word itself is rare.
     */
    private static final float SYNONYM = 0.2f;

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

    /** The vector of a question: its terms, each once, and their synonyms. */
    static SparseVector question(List<String> terms) {
        Map<Integer, Float> weights = new LinkedHashMap<>();
        for (String term : terms) {
            Synonyms.of(term).forEach(other -> weights.put(dimension(other), SYNONYM));
        }
        terms.forEach(term -> weights.put(dimension(term), 1f));
        return new SparseVector(List.copyOf(weights.keySet()), List.copyOf(weights.values()));
    }

    /** The vector of one term alone. */
    static SparseVector term(String term) {
        return new SparseVector(List.of(dimension(term)), List.of(1f));
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
