package dev.docent.rag;

/**
 * The space that vectors live in. Vectors of two spaces must never be compared, so an index records
 * the space that it was filled from.
 *
 * @param model the model's name
 * @param dimension numbers in a vector
 */
public record EmbeddingSpace(String model, int dimension) {}
