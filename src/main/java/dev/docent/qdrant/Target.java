package dev.docent.qdrant;

import dev.docent.rag.Bm25;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The collection that is searched.
 *
 * @param name the collection's, or its alias
 * @param words name of its lexical vectors, {@link Transport#SPARSE} or {@link #FORMER_WORDS}; null
 *     where another program created it, without any
 * @param dimension of its dense vectors
 * @param passages how many it held when it was looked up
 * @param seen when that was
 */
record Target(String name, @Nullable String words, int dimension, long passages, Instant seen) {
    /**
     * Name of the lexical vector in collections of older versions. Its weights have the factor
     * {@code K1 + 1}, and other terms stand for some of the words.
     */
    static final String FORMER_WORDS = "bm25";

    /** Whether it is of our own making. */
    boolean ours() {
        return words != null;
    }

    /** Whether an older version of ours filled it. */
    boolean former() {
        return FORMER_WORDS.equals(words);
    }

    /** What turns its lexical scores into those of {@link Bm25}. */
    double scale() {
        return former() ? 1 / (Bm25.K1 + 1) : 1;
    }
}
