package dev.docent.rag;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * A new generation of an index, invisible to searches until {@link #publish}. Stored passages
 * survive a crash, so that the next run embeds only the missing ones. Not thread-safe.
 */
public interface IndexUpdate extends AutoCloseable {

    /** What the generation holds so far: id to content hash. */
    Map<UUID, String> present();

    /**
     * The vectors that the generation holds of contents, wherever those stand in it; without the
     * contents that it does not hold.
     *
     * @param contents see {@link Passage#contentId}
     */
    Map<UUID, float[]> vectors(Collection<UUID> contents);

    /** Adds passages, or replaces those of the same id. Durable when it returns. */
    void put(List<Entry> entries);

    /** Removes passages; unknown ids are ignored. */
    void remove(Collection<UUID> ids);

    /** Makes the generation the one that is searched, in one step, and deletes the previous one. */
    void publish();

    /** Ends the update; an unpublished generation is kept for the next run. */
    @Override
    void close();

    /**
     * A passage with its vector.
     *
     * @param passage the passage
     * @param hash its content hash, which {@link #present} returns
     * @param vector of length one, in the update's space
     */
    // A vector is a plain array on the hot path; entries are never compared.
    @SuppressWarnings("ArrayRecordComponent")
    record Entry(Passage passage, String hash, float[] vector) {}
}
