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
     * @return without the terms that no passage has
     */
    static Map<String, Double> of(List<String> terms, List<List<Found>> samples) {
        Map<String, Double> idf = new HashMap<>();
        for (int i = 0; i < terms.size(); i++) {
            String term = terms.get(i);
            for (Found best : samples.get(i)) {
                int place = best.terms().indices().indexOf(Bm25Weights.dimension(term));
                // Without the vector there is the least that it can be: no weight is above one.
                double weight = place < 0 ? 1 : best.terms().values().get(place);
                idf.put(term, best.score() / weight);
            }
        }
        return idf;
    }

    /**
     * The same of a term that no passage has, by Qdrant's own formula
     * (segment/src/data_types/query_context.rs).
     *
     * @param passages how many there are
     */
    static double ofNone(long passages) {
        return Math.log1p((passages + 0.5) / 0.5);
    }
}
