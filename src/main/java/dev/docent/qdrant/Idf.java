package dev.docent.qdrant;

import dev.docent.qdrant.Transport.Found;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** How rare terms are in a collection, read off the scores of its server. */
final class Idf {
    private Idf() {}

    /**
     * The inverse document frequency of each term. Qdrant tells no such number, but the score of a
     * passage for one term alone is that number times the weight that the passage gives the term.
     *
     * @param samples for each term the best passage, or none where no passage has it
     * @param passages how many there are
     */
    static Map<String, Double> of(List<String> terms, List<List<Found>> samples, long passages) {
        Map<String, Double> idf = new HashMap<>();
        for (int i = 0; i < terms.size(); i++) {
            String term = terms.get(i);
            if (samples.get(i).isEmpty()) {
                // Qdrant's formula, segment/src/data_types/query_context.rs, for a term of none.
                idf.put(term, Math.log1p((passages + 0.5) / 0.5));
                continue;
            }
            Found best = samples.get(i).getFirst();
            int place = best.terms().indices().indexOf(Terms.dimension(term));
            // Where no vector came along, how rare the term is stays unknown.
            if (place >= 0) {
                idf.put(term, best.score() / best.terms().values().get(place));
            }
        }
        return idf;
    }
}
