package dev.docent.ingest;

import org.jspecify.annotations.Nullable;

/**
 * What a run took of the embedding model.
 *
 * @param tokens an estimate, of what was embedded and stored
 * @param calls a batch each; one that was tried again counts again
 * @param stopped why it ended early, null where it did not
 */
record Spent(long tokens, int calls, @Nullable String stopped) {
    static final Spent NOTHING = new Spent(0, 0, null);
}
