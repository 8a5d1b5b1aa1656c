package dev.docent.rag;

import java.util.List;
import java.util.Map;

/**
 * What an index has for a question, before fusion: the union of its dense and its lexical list.
 *
 * @param hits each passage once, in no promised order
 * @param rarity the question's terms as the index analyses them, each with its inverse document
 *     frequency; empty where the index cannot tell
 */
public record Candidates(List<Hit> hits, Map<String, Double> rarity) {

    public Candidates {
        hits = List.copyOf(hits);
        rarity = Map.copyOf(rarity);
    }
}
