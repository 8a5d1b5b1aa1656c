package dev.docent.chat;

import java.util.List;

/**
 * The passages for a query, apart from any answer.
 *
 * @param evidence whether the service would answer from them
 * @param hits best first, numbered from 1
 */
public record SearchResult(boolean evidence, List<Source> hits) {
    public SearchResult {
        hits = List.copyOf(hits);
    }
}
