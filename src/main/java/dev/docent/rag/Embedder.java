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
     * The vectors of passages, in their order. Models that make a difference treat them as
     * documents, not as questions.
     *
     * @param passages any number; the implementation makes the batches that its model takes
     */
    List<float[]> embedPassages(List<Passage> passages);

    /** Length of a text in tokens of this model, or a close estimate where the model is remote. */
    int tokens(String text);

    /**
     * How unusual the words of a question are in general English: the mean logarithm of their ranks
     * by frequency; 0 if the model cannot tell.
     */
    default double unusualness(String text) {
        return 0;
    }

    /**
     * Checks, without spending tokens, whether the dependency works. Does nothing for a model in
     * process.
     *
     * @throws dev.docent.failure.DependencyException if it does not
     */
    default void check() {}

    @Override
    void close();
}
