package dev.docent.rag;

import java.util.List;

/** Port: writes an answer from given passages. Thread-safe; calls block, on virtual threads. */
public interface LanguageModel extends AutoCloseable {

    /** The name that health and logs show. */
    String name();

    /** Whether this is a real language model, not one that only quotes. */
    boolean generative();

    /**
     * Writes an answer, piece by piece, and returns when it is complete. Citations in it have the
     * form {@code [Source N]}, where N counts the request's passages from 1; they may name numbers
     * that do not exist, and may be split across pieces.
     *
     * <p>To cancel, interrupt the calling thread: the upstream call is closed within a second and
     * this method throws {@link java.util.concurrent.CancellationException} with the interrupt flag
     * set. An exception from {@code sink} also cancels, and is thrown unchanged.
     *
     * @param request what is asked
     * @param sink receives each piece, never empty, on the calling thread; flushed before each wait
     *     for more; is told of the tokens, also of an answer that fails
     * @throws dev.docent.failure.DependencyException when the model fails, also in the middle of an
     *     answer
     */
    void answer(ModelRequest request, Output sink);

    /**
     * A follow-up question in words that need no history. Returns {@code question} instead of
     * failing.
     *
     * @param history earlier turns, oldest first, at least one
     * @param question what the reader asked
     */
    String standalone(List<Turn> history, String question);

    /**
     * Checks, without spending tokens, whether the dependency works.
     *
     * @throws dev.docent.failure.DependencyException if it does not
     */
    void check();

    @Override
    void close();

    /** Receives an answer. */
    @FunctionalInterface
    interface Output extends Sink<String> {

        /** Hears what one call took; a call that is repeated takes tokens each time. */
        default void used(Usage usage) {}
    }

    /**
     * What an answer took, and whether there is all of it.
     *
     * @param input tokens read, as the dependency counts them; 0 if it does not
     * @param output tokens written
     * @param cut whether the model had more to say than it may say at the most
     */
    record Usage(int input, int output, boolean cut) {
        /** What a whole answer took. */
        public Usage(int input, int output) {
            this(input, output, false);
        }
    }
}
