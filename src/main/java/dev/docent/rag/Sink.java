package dev.docent.rag;

/**
 * Receives pieces for a reader, on the thread that produces them.
 *
 * @param <T> what a piece is
 */
@FunctionalInterface
public interface Sink<T> {

    /**
     * Receives the next piece. It may buffer it until {@link #flush}, so that pieces that are ready
     * together are sent together.
     */
    void accept(T piece);

    /**
     * Sends buffered pieces. A producer calls it before each wait; after the last piece, the
     * producer's caller does.
     */
    default void flush() {}
}
