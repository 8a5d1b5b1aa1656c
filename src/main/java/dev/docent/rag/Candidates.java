package dev.docent.rag;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What an index finds for a question, before ranking: the union of its dense and its lexical list.
 *
 * @param hits each passage once, in no promised order
 * @param idf the question's terms as the index analyses them, each with its inverse document
 *     frequency; empty where the index cannot tell
 * @param unknown those of the terms that occur nowhere in the index, in no similar form either
 */
public record Candidates(List<Hit> hits, Map<String, Double> idf, Set<String> unknown) {

    /**
     * Size of a site, in passages, that is likely to lack half of the ordinary words in questions.
     */
    private static final double SMALL_SITE = 1000;

    public Candidates {
        hits = List.copyOf(hits);
        idf = Map.copyOf(idf);
        unknown = Set.copyOf(unknown);
    }

    /** From an index that does not tell which terms are unknown. */
    public Candidates(List<Hit> hits, Map<String, Double> idf) {
        this(hits, idf, Set.of());
    }

    /**
     * The share of the question's idf that unknown words have, 0 to 1; reduced on a small site,
     * which lacks many ordinary words.
     */
    public double strangeness() {
        double all = idf.values().stream().mapToDouble(Double::doubleValue).sum();
        double strange = 0;
        for (String term : unknown) {
            double most = idf.getOrDefault(term, 0.0);
            // The word occurs in no passage, so its idf tells the number of passages.
            double passages = Math.expm1(most) / 2;
            strange += most * passages / (passages + SMALL_SITE);
        }
        return all == 0 ? 0 : strange / all;
    }
}
