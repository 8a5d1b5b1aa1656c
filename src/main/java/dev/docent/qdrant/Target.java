package dev.docent.qdrant;

import java.time.Instant;

/**
 * What is searched.
 *
 * @param name the collection's, or its alias
 * @param ours whether it is of our own making, with a lexical vector
 * @param dimension of its dense vectors
 * @param passages how many it held when it was looked at
 * @param seen when that was
 */
record Target(String name, boolean ours, int dimension, long passages, Instant seen) {}
