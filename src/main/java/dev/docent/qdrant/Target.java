package dev.docent.qdrant;

import java.time.Instant;

/**
 * The collection that is searched.
 *
 * @param name the collection's, or its alias
 * @param ours whether Docent created it, with lexical vectors
 * @param dimension of its dense vectors
 * @param passages how many it held when it was looked up
 * @param seen when that was
 */
record Target(String name, boolean ours, int dimension, long passages, Instant seen) {}
