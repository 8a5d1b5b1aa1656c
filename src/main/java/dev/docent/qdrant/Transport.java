package dev.docent.qdrant;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The few operations of Qdrant that the index needs, in either protocol. Thread-safe. Every call
 * has a deadline and fails with a {@link dev.docent.failure.DependencyException}; an interrupted
 * caller gets a {@link java.util.concurrent.CancellationException} with its interrupt flag set.
 * Reading methods also take the name of an alias. Writes are applied when they return.
 */
interface Transport extends AutoCloseable {

    /** The kinds of vectors of a collection; empty if it does not exist. */
    Optional<Vectors> vectors(String collection);

    /** The exact number of points. */
    long count(String collection);

    /** The names of all collections, without aliases. */
    Set<String> collections();

    /** Every alias with the collection that it stands for. */
    Map<String, String> aliases();

    /** Removes aliases and then sets others, in one step. */
    void changeAliases(Set<String> removed, Map<String, String> set);

    /** Creates a collection for vectors called {@link #DENSE} and {@link #SPARSE}. */
    void create(String collection, int dimension);

    /** Creates a keyword index on a payload field, so that strict mode allows filtering on it. */
    void indexField(String collection, String field);

    void drop(String collection);

    void upsert(String collection, List<Point> points);

    void delete(String collection, Collection<UUID> ids);

    Page scroll(String collection, Scroll scroll);

    /** The points of these ids that exist, with their payload, in no promised order. */
    List<Stored> points(String collection, Collection<UUID> ids);

    /** Runs queries in one round trip on one state of the collection; returns one result each. */
    List<List<Found>> query(String collection, List<Query> queries);

    @Override
    void close();

    /** A page of points with vectors of 3072 dimensions stays far below it. */
    int MAX_ANSWER_BYTES = 32 * 1024 * 1024;

    /** Name of the dense vector in collections that Docent creates. */
    String DENSE = "dense";

    /**
     * Name of the sparse vector in collections that Docent creates. Another analysis of words, or
     * another weight for them, needs another name, so that older collections can be told apart.
     */
    String SPARSE = "bm25-2";

    /** Qdrant's name for the vector of a collection that has a single unnamed one. */
    String UNNAMED = "";

    /**
     * The kinds of vectors that a collection has.
     *
     * @param dense by name, {@link #UNNAMED} for an unnamed one
     * @param sparse names of the sparse ones
     */
    record Vectors(Map<String, Dense> dense, Set<String> sparse) {

        /**
         * A kind of dense vector.
         *
         * @param dimension numbers in it
         * @param distance {@code Cosine}, {@code Dot}, {@code Euclid} or {@code Manhattan}
         */
        record Dense(int dimension, String distance) {}
    }

    /**
     * A point to be written.
     *
     * @param payload values are String, Long or List of String
     */
    record Point(UUID id, Map<String, Object> payload, List<Float> dense, SparseVector sparse) {
        Point(UUID id, Map<String, Object> payload, float[] dense, SparseVector sparse) {
            this(id, payload, floats(dense), sparse);
        }
    }

    /**
     * A point as it is stored.
     *
     * @param dense empty unless requested
     */
    record Stored(UUID id, Map<String, Object> payload, List<Float> dense) {}

    /**
     * What to read, in the order of ids.
     *
     * @param anyOf filters, of which one must match: each maps fields to the values that they must
     *     have; empty for all points
     * @param from id to start at, null for the beginning
     * @param fields of the payload, empty for all
     * @param dense whether to read {@link #DENSE} too
     */
    record Scroll(
            List<Map<String, String>> anyOf,
            @Nullable UUID from,
            int limit,
            List<String> fields,
            boolean dense) {

        Scroll from(UUID id) {
            return new Scroll(anyOf, id, limit, fields, dense);
        }
    }

    /**
     * One page of a scroll.
     *
     * @param next where the next page starts, null at the end
     */
    record Page(List<Stored> points, @Nullable UUID next) {}

    /** What to rank points by. */
    sealed interface Nearest {
        /** Name of the vector that is compared. */
        String using();

        /** By cosine to a dense vector. */
        record ByVector(String using, List<Float> vector) implements Nearest {
            ByVector(String using, float[] vector) {
                this(using, floats(vector));
            }
        }

        /** By the inner product with a sparse vector, each term weighted by its rarity. */
        record ByTerms(String using, SparseVector terms) implements Nearest {}
    }

    /**
     * A search.
     *
     * @param among if not empty, only the first {@code limit} points of each of these are ranked,
     *     and their whole union is returned (Qdrant's prefetch and rescoring)
     * @param wanted what to return of each point
     */
    record Query(Nearest nearest, List<Nearest> among, int limit, Wanted wanted) {

        /** How many points the answer may have. */
        int size() {
            return limit * Math.max(1, among.size());
        }
    }

    /** What a result holds of a point, besides id and score. */
    enum Wanted {
        NOTHING,
        PAYLOAD,
        /** The vector that it was ranked by. */
        TERMS
    }

    /**
     * A point that a query found.
     *
     * @param payload empty unless requested
     * @param terms empty unless requested
     */
    record Found(UUID id, double score, Map<String, Object> payload, SparseVector terms) {}

    /** Whether an id stands for a number, which other ingesters may use. */
    static boolean numeric(UUID id) {
        return id.getMostSignificantBits() == 0;
    }

    private static List<Float> floats(float[] vector) {
        List<Float> floats = new ArrayList<>(vector.length);
        for (float each : vector) {
            floats.add(each);
        }
        return floats;
    }
}
