package dev.docent.qdrant;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The few operations of Qdrant that the index needs, in either protocol. Thread-safe. Every call
 * has a deadline and fails with a {@link dev.docent.failure.DependencyException}; an interrupted
 * caller gets a {@link java.util.concurrent.CancellationException} with its interrupt flag set.
 * Reading methods also take the name of an alias. Writes are applied when they return.
 */
interface Transport extends AutoCloseable {

    /** What a collection is; empty if it does not exist. */
    Optional<Shape> shape(String collection);

    /** The exact number of points. */
    long count(String collection);

    /** The names of all collections, without aliases. */
    Set<String> collections();

    /** Every alias with the collection that it stands for. */
    Map<String, String> aliases();

    /** Removes aliases and then sets others, in one step. */
    void changeAliases(Set<String> removed, Map<String, String> set);

    /**
     * Creates a collection for vectors called {@link #DENSE}.
     *
     * @param notes its metadata, which servers before 1.16 ignore
     */
    void create(String collection, int dimension, Map<String, String> notes);

    /** Changes a part of a collection's metadata, which servers before 1.16 ignore. */
    void note(String collection, String name, String text);

    void drop(String collection);

    void upsert(String collection, List<Point> points);

    void delete(String collection, Collection<UUID> ids);

    Page scroll(String collection, Scroll scroll);

    /** Reads from where a scroll starts to the end, page by page. */
    default void forEachPage(String collection, Scroll scroll, Consumer<List<Stored>> each) {
        Page page = scroll(collection, scroll);
        while (true) {
            if (!page.points().isEmpty()) {
                each.accept(page.points());
            }
            if (page.next() == null) {
                return;
            }
            page = scroll(collection, scroll.from(page.next()));
        }
    }

    /** Runs queries in one round trip, returns one result each. */
    List<List<Found>> query(String collection, List<Query> queries);

    @Override
    void close();

    /** A page of points with vectors of 3072 dimensions stays far below it. */
    int MAX_ANSWER_BYTES = 32 * 1024 * 1024;

    /** Name of the dense vector in collections that Docent creates. */
    String DENSE = "dense";

    /** Qdrant's name for the vector of a collection that has a single unnamed one. */
    String UNNAMED = "";

    /**
     * What a collection is.
     *
     * @param dense its kinds of dense vectors by name, {@link #UNNAMED} for an unnamed one
     * @param notes what of its metadata is text
     * @param most how many points one call may read, as far as its strict mode bounds that
     */
    record Shape(Map<String, Dense> dense, Map<String, String> notes, int most) {

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
    record Point(UUID id, Map<String, Object> payload, List<Float> dense) {
        Point(UUID id, Map<String, Object> payload, float[] dense) {
            this(id, payload, floats(dense));
        }
    }

    /**
     * A point as it is stored.
     *
     * @param payload text, whole numbers and lists of text, as {@code String}, {@code Long} and
     *     {@code List<String>}; those of an object have its name and a full stop before their own
     * @param dense empty unless requested
     */
    record Stored(UUID id, Map<String, Object> payload, List<Float> dense) {}

    /**
     * What to read, in the order of ids.
     *
     * @param among only these points, all if it is empty
     * @param from id to start at, null for the beginning
     * @param fields of the payload, empty for all
     * @param dense whether to read {@link #DENSE} too
     */
    record Scroll(
            Collection<UUID> among,
            @Nullable UUID from,
            int limit,
            List<String> fields,
            boolean dense) {

        /** All points, with their whole payload. */
        static Scroll all(int limit) {
            return new Scroll(List.of(), null, limit, List.of(), false);
        }

        /**
         * Some points, with their whole payload. A server that limits the rate of reading counts
         * this as two requests, but one by ids as one for each of them.
         *
         * @param most how many one call may read
         */
        static Scroll of(Collection<UUID> ids, int most) {
            return new Scroll(ids, null, Math.clamp(ids.size(), 1, most), List.of(), false);
        }

        Scroll fields(List<String> some) {
            return new Scroll(among, from, limit, some, dense);
        }

        Scroll withVectors() {
            return new Scroll(among, from, limit, fields, true);
        }

        Scroll from(UUID id) {
            return new Scroll(among, id, limit, fields, dense);
        }
    }

    /**
     * One page of a scroll.
     *
     * @param next where the next page starts, null at the end
     */
    record Page(List<Stored> points, @Nullable UUID next) {}

    /**
     * A search by cosine.
     *
     * @param using name of the vector that is compared
     * @param among if not empty, only these points are compared
     * @param limit how many points to return at the most, best first
     */
    record Query(String using, List<Float> vector, Collection<UUID> among, int limit) {}

    /** A point that a query found. */
    record Found(UUID id, double score) {}

    /** Whether an id stands for a number, which other ingesters may use. */
    static boolean numeric(UUID id) {
        return id.getMostSignificantBits() == 0;
    }

    static float[] array(List<Float> vector) {
        float[] array = new float[vector.size()];
        for (int i = 0; i < array.length; i++) {
            array[i] = vector.get(i);
        }
        return array;
    }

    /** Boxed, as gRPC takes them. */
    static List<Float> floats(float[] vector) {
        List<Float> floats = new ArrayList<>(vector.length);
        for (float each : vector) {
            floats.add(each);
        }
        return floats;
    }
}
