package dev.docent.rag;

import java.util.List;

/**
 * Port: turns text into vectors of length one. Thread-safe. Every call has a deadline of the
 * implementation's own and throws {@link dev.docent.failure.DependencyException} when it fails.
 */
public interface Embedder extends AutoCloseable {

    /** Where the vectors live. */
    EmbeddingSpace space();

    /**
     * The vector of a reader's question.
     *
     * @param text the question, not blank; one that is too long for the model is cut
     */
    float[] embedQuery(String text);

    /**
     * The vectors of passages, in their order. Models that know the difference treat these as
     * documents.
     *
     * @param passages any number; the implementation cuts them into the batches that its model
     *     takes
     */
    List<float[]> embedPassages(List<Passage> passages);

    /** Length of a text in tokens of this model, or a close estimate where the model is remote. */
    int tokens(String text);

    /**
     * How unusual the words of a question are in English at large, as the logarithms of their ranks
     * by frequency, averaged; 0 where the model cannot tell.
     */
    default double unusualness(String text) {
        return 0;
    }

    /**
     * Asks the dependency, at no cost in tokens, whether it would answer; nothing to ask in
     * process.
     *
     * @throws dev.docent.failure.DependencyException when it would not
     */
    default void check() {}

    @Override
    void close();
}
