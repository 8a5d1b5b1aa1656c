package dev.docent.qdrant;

import java.time.Instant;

/**
 * The collection that is searched.
 *
 * @param name the collection's, or its alias
 * @param using name of its dense vectors
 * @param dimension of these
 * @param passages how many it held when it was looked up
 * @param most how many points one call may read
 * @param state another text whenever other passages may be in it
 * @param seen when it was looked up
 */
record Target(
        String name,
        String using,
        int dimension,
        long passages,
        int most,
        String state,
        Instant seen) {}
