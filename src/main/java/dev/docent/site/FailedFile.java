package dev.docent.site;

/**
 * A file that could not be read.
 *
 * @param file its path as passages would name it
 * @param reason the end of a sentence that begins with the file's name
 */
public record FailedFile(String file, String reason) {}
