package dev.docent.qdrant;

import dev.docent.qdrant.Transport.Found;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The inverse document frequencies of terms in a collection, derived from the server's scores. */
final class Idf {
    private Idf() {}

    /**
     * The inverse document frequency of each term. Qdrant does not return it, but the score of a
     * passage for a single term is that number times the term's weight in the passage.
     *
     * @param samples for each term its best passage, or none if no passage has the term
     * @return without the terms that no passage has
     */
    static Map<String, Double> of(List<String> terms, List<List<Found>> samples) {
        Map<String, Double> idf = new HashMap<>();
        for (int i = 0; i < terms.size(); i++) {
            String term = terms.get(i);
            for (Found best : samples.get(i)) {
                int place = best.terms().indices().indexOf(Bm25Weights.dimension(term));
                // Without the vector this is a lower bound, because no weight is above 1.
                double weight = place < 0 ? 1 : best.terms().values().get(place);
                idf.put(term, best.score() / weight);
            }
        }
        return idf;
    }

    /**
     * The same for a term that no passage has, by Qdrant's formula
     * (segment/src/data_types/query_context.rs).
     *
     * @param passages how many passages the collection has
     */
    static double ofNone(long passages) {
        return Math.log1p((passages + 0.5) / 0.5);
    }
}
