package dev.docent.rag;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What an index has for a question, before fusion: the union of its dense and its lexical list.
 *
 * @param hits each passage once, in no promised order
 * @param idf the question's terms as the index analyses them, each with its inverse document
 *     frequency; empty where the index cannot tell
 * @param unknown those of the terms that the index holds nowhere, nor anything like them
 */
public record Candidates(List<Hit> hits, Map<String, Double> idf, Set<String> unknown) {

    /** Passages of a site that may well lack half of the ordinary words that it is asked with. */
    private static final double SMALL_SITE = 1000;

    public Candidates {
        hits = List.copyOf(hits);
        idf = Map.copyOf(idf);
        unknown = Set.copyOf(unknown);
    }

    /** Of an index that does not tell what it lacks. */
    public Candidates(List<Hit> hits, Map<String, Double> idf) {
        this(hits, idf, Set.of());
    }

    /**
     * How much of what the question's words could say is in unknown ones, 0 to 1; less on a small
     * site, which lacks many an ordinary word.
     */
    public double strangeness() {
        double all = idf.values().stream().mapToDouble(Double::doubleValue).sum();
        double strange = 0;
        for (String term : unknown) {
            double most = idf.getOrDefault(term, 0.0);
            // The frequency that belongs to a rarity is known here, none, and so is the site's
            // size.
            double passages = Math.expm1(most) / 2;
            strange += most * passages / (passages + SMALL_SITE);
        }
        return all == 0 ? 0 : strange / all;
    }
}
