package dev.docent.rag;

/**
 * An earlier question of a conversation and its answer.
 *
 * @param question what the reader asked
 * @param answer what the service said; empty where answering failed
 */
public record Turn(String question, String answer) {}
