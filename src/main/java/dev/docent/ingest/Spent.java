package dev.docent.ingest;

import org.jspecify.annotations.Nullable;

/**
 * What a run spent on the embedding model.
 *
 * @param tokens total length of the texts that were embedded and stored
 * @param calls requests, one per batch and try
 * @param stopped why the run ended early, as a sentence; null if it did not. What was done is kept,
 *     searches see the old state, and the next run continues from there
 */
public record Spent(long tokens, int calls, @Nullable String stopped) {
    static final Spent NOTHING = new Spent(0, 0, null);
}
