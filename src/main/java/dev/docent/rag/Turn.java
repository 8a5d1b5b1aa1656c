package dev.docent.rag;

/**
 * A question of an earlier moment of a conversation and the answer it got.
 *
 * @param question what the reader asked
 * @param answer what the service said
 */
public record Turn(String question, String answer) {}
