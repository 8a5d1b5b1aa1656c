package dev.docent.rag;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * A generation of an index in the making, invisible to searches until {@link #publish}. What was
 * put survives a crash, so that the next run embeds only what is missing. Not thread-safe.
 */
public interface IndexUpdate extends AutoCloseable {

    /** What the generation holds already: id to content hash. */
    Map<UUID, String> present();

    /** Adds passages, or replaces those of the same id. Durable when it returns. */
    void put(List<Entry> entries);

    /** Takes passages out; unknown ids are ignored. */
    void remove(Collection<UUID> ids);

    /** Makes the generation the one that is searched, in one step, and drops the former one. */
    void publish();

    /** Ends the update; what was not published stays aside for the next run. */
    @Override
    void close();

    /**
     * A passage with its vector.
     *
     * @param passage the passage
     * @param hash what {@link #present} shall say of it
     * @param vector of length one, in the update's space
     */
    // A vector is a plain array on the hot path; entries are never compared.
    @SuppressWarnings("ArrayRecordComponent")
    record Entry(Passage passage, String hash, float[] vector) {}
}
