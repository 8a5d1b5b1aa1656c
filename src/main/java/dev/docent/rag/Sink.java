package dev.docent.rag;

/**
 * Takes, piece by piece and on the thread of whoever produces them, what is on its way to a reader.
 *
 * @param <T> what a piece is
 */
@FunctionalInterface
public interface Sink<T> {

    /**
     * Takes the next piece, and may keep it until {@link #flush}, so that pieces which are there
     * together also go on together.
     */
    void accept(T piece);

    /**
     * Sends on what was kept. A producer calls it before it waits for anything; the end is up to
     * whoever called the producer.
     */
    default void flush() {}
}
