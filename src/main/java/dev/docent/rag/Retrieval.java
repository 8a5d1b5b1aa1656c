package dev.docent.rag;

import java.util.List;

/**
 * What was found for a question.
 *
 * @param evidence whether it is enough to answer from
 * @param hits best first
 * @param nearest the passages that come nearest, for a reader whose question is not answered
 */
public record Retrieval(boolean evidence, List<Hit> hits, List<Passage> nearest) {
    public Retrieval {
        hits = List.copyOf(hits);
        nearest = List.copyOf(nearest);
    }
}
