package dev.docent.rag;

import java.util.List;

/**
 * Port: writes an answer that rests on given passages. Thread-safe; callers block, on virtual
 * threads.
 */
public interface LanguageModel extends AutoCloseable {

    /** The name that health and logs show. */
    String name();

    /** Whether a real language model stands behind it, as opposed to quoting. */
    boolean generative();

    /**
     * Writes an answer, piece by piece, and returns when it is complete. Citations in it have the
     * form {@code [Source N]}, where N counts the request's passages from 1; they may name numbers
     * that do not exist and may be split over pieces.
     *
     * <p>To cancel, interrupt the calling thread: the upstream call is closed within a second and
     * this method throws {@link java.util.concurrent.CancellationException} with the interrupt flag
     * set. What {@code sink} throws cancels likewise and comes out as it is.
     *
     * @param request what is asked
     * @param sink takes each piece on the calling thread, never empty; flushed before each wait for
     *     more
     * @throws dev.docent.failure.DependencyException when the model fails, also in the middle
     */
    Usage answer(ModelRequest request, Sink<String> sink);

    /**
     * A follow-up question in words that need no history. Falls back to {@code question} rather
     * than failing.
     *
     * @param history earlier turns, oldest first, at least one
     * @param question what the reader asked
     */
    String standalone(List<Turn> history, String question);

    /**
     * Asks the dependency, at no cost in tokens, whether it would answer.
     *
     * @throws dev.docent.failure.DependencyException when it would not
     */
    void check();

    @Override
    void close();

    /**
     * Tokens that an answer took, as the dependency counted them; 0 where it does not count.
     *
     * @param input tokens read
     * @param output tokens written
     */
    record Usage(int input, int output) {}
}
