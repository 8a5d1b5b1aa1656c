package dev.docent.rag;

import dev.docent.failure.DependencyException;
import dev.docent.failure.Diagnosis;
import dev.docent.failure.Failure;
import dev.docent.failure.FailureCode;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Port: finds passages by meaning and by words. Searching is thread-safe, also while an update
 * runs; a search sees one published generation, never a mix. Every call has a deadline of the
 * implementation's own and throws {@link DependencyException} when it fails.
 */
public interface PassageIndex extends AutoCloseable {

    /**
     * The best passages of the dense and of the lexical list, together in one call and without
     * their texts, see {@link #passages}. Lexical scores are on one scale whatever the index, see
     * {@link Bm25}: between 0 and the sum of {@link Candidates#idf}.
     *
     * @param text the question as words, not blank
     * @param vector the question's vector in {@link State#space()}, or null for words alone
     * @param limit length of each of the two lists, at least 1
     */
    Candidates search(String text, float @Nullable [] vector, int limit);

    /**
     * The sections around passages: for each passage all parts of its section in order, itself
     * included; just the passage if the index cannot tell.
     */
    List<List<Outline>> sections(List<Outline> passages);

    /**
     * Passages with their texts, in one call.
     *
     * @param ids of found passages
     * @return by id; without those that an update has removed since they were found
     */
    Map<UUID, Passage> passages(Collection<UUID> ids);

    /** What is published now. */
    State state();

    /**
     * What {@link #keep} stored with the published passages, or with those that an update in the
     * same space began with; empty if nothing.
     */
    Optional<String> note(Note note);

    /**
     * Stores a text beside the published passages, for whoever searches them; it takes the place of
     * the former one of this kind. Programs that do not know it are not disturbed. A server that is
     * too old for it ignores it.
     *
     * @param text a few kilobytes at most
     */
    void keep(Note note, String text);

    /**
     * Checks that the published passages can be searched with vectors of a space.
     *
     * @throws DependencyException when they cannot, or when the index does not answer
     */
    default State check(EmbeddingSpace space) {
        State state = state();
        EmbeddingSpace there = state.space();
        if (there == null || there.equals(space)) {
            return state;
        }
        throw new DependencyException(
                new Failure(
                        Diagnosis.OTHER_VECTORS,
                        FailureCode.RETRIEVAL_FAILED,
                        Failure.Nature.MISCONFIGURED,
                        "The service is set up for another index than the one it has; its owner has to mend that.",
                        "%s holds vectors of %s with %d dimensions, and questions are embedded by %s with %d."
                                .formatted(
                                        state.name(),
                                        there.model(),
                                        there.dimension(),
                                        space.model(),
                                        space.dimension()),
                        "Use the embedding model that filled it, or fill it anew with: docent ingest"));
    }

    /**
     * Whether exactly these passages are published in this space and no update is unfinished, so
     * that there is nothing to do. False if the index could tell only by starting an update.
     *
     * @param passages id to content hash
     */
    default boolean holds(EmbeddingSpace space, Map<UUID, String> passages) {
        return false;
    }

    /**
     * What an update in this space would begin with, id to content hash: what an earlier run left
     * unfinished, or else what is published. Changes nothing. This default begins an update and
     * ends it, so an index where that leaves a trace has a method of its own.
     */
    default Map<UUID, String> present(EmbeddingSpace space) {
        if (!space.equals(state().space())) {
            return Map.of();
        }
        try (IndexUpdate update = update(space)) {
            return update.present();
        }
    }

    /**
     * Starts the next generation, or continues one that an earlier run did not publish. Only one
     * update at a time; a second one fails.
     *
     * @param space of the new vectors; if it is not the space of the published ones, the generation
     *     starts empty, otherwise with everything that is published
     */
    IndexUpdate update(EmbeddingSpace space);

    @Override
    void close();

    /** What can be stored beside the passages. */
    enum Note {
        /** What tells questions that the site answers from others. */
        CALIBRATION("note"),
        /** Which state of the site the passages are of. */
        PROVENANCE("provenance");

        private final String key;

        Note(String key) {
            this.key = key;
        }

        /** Its name where it is stored, which never changes. */
        public String key() {
            return key;
        }
    }

    /**
     * What an index holds.
     *
     * @param name for the owner: the collection's or the folder's name
     * @param space of its vectors, null if it is empty or the space was not recorded
     * @param passages how many passages are published
     */
    record State(String name, @Nullable EmbeddingSpace space, long passages) {}
}
