package dev.docent.site;

/**
 * A file that could not be read.
 *
 * @param file what passages would call it
 * @param reason the end of a sentence that begins with the file's name
 */
public record FailedFile(String file, String reason) {}
