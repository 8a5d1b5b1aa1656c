package dev.docent.rag;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Port: passages that can be found by meaning and by words. Searching is thread-safe and goes on
 * while an update runs; a search sees one published generation, never a mix. Every call has a
 * deadline of the implementation's own and throws {@link dev.docent.failure.DependencyException}
 * when it fails.
 */
public interface PassageIndex extends AutoCloseable {

    /**
     * The best passages of the dense and of the lexical list, together in one call.
     *
     * @param text the question as words, not blank
     * @param vector the question's vector in {@link State#space()}, or null for words alone
     * @param limit length of each of the two lists, at least 1
     */
    Candidates search(String text, float @Nullable [] vector, int limit);

    /**
     * All parts of a passage's section in order, itself included; just itself where the index
     * cannot tell.
     */
    List<Passage> section(Passage passage);

    /** What is published now. */
    State state();

    /**
     * Whether exactly these passages are published in this space and no update was left unfinished,
     * so that there is nothing to do. An index that would have to begin an update to tell says no.
     *
     * @param passages id to content hash
     */
    default boolean holds(EmbeddingSpace space, Map<UUID, String> passages) {
        return false;
    }

    /**
     * Starts the next generation, or goes on with one that an earlier run began and did not
     * publish. One update at a time; a second one fails.
     *
     * @param space where the new vectors live; in another space than the published ones the
     *     generation starts empty, otherwise with all that is published
     */
    IndexUpdate update(EmbeddingSpace space);

    @Override
    void close();

    /**
     * What an index holds.
     *
     * @param name what the owner calls it: the collection, or the folder's name
     * @param space where its vectors live, null while it is empty or where it was not recorded
     * @param passages how many are published
     */
    record State(String name, @Nullable EmbeddingSpace space, long passages) {}
}
