package dev.docent.qdrant;

import java.util.List;

/**
 * A vector that names only the dimensions that are not zero. Qdrant counts dimensions as unsigned
 * 32-bit numbers and refuses a vector that names one twice.
 *
 * @param indices the dimensions, each as the bits of an unsigned number
 * @param values the value in each, in the same order
 */
record SparseVector(List<Integer> indices, List<Float> values) {
    static final SparseVector EMPTY = new SparseVector(List.of(), List.of());
}
