package dev.docent.validation;

/**
 * A choice of the owner that decides which variables are needed.
 *
 * @param condition as rules write it, for example {@code parts.index=qdrant}
 * @param because how to say it in a sentence, for example {@code mode is "live"}
 */
public record Choice(String condition, String because) {}
