package dev.docent.text;

/**
 * The smallest piece of a passage that can be quoted by itself.
 *
 * @param kind what it is
 * @param markdown as an answer shows it, links reduced to their text; a table's row without its
 *     header
 * @param plain the same as text without markup, word for word
 * @param block number of the paragraph, list, table or fence that it is part of, in reading order
 * @param header the two lines above the rows of a table, empty for everything else
 * @param introduced whether the excerpt before it introduces it, so that one without the other says
 *     little
 */
public record Excerpt(
        Kind kind, String markdown, String plain, int block, String header, boolean introduced) {

    /** What an excerpt is. */
    public enum Kind {
        SENTENCE,
        ITEM,
        ROW,
        CODE
    }
}
