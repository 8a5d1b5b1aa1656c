package dev.docent.markdown;

import java.util.List;

/**
 * A heading of a page and what follows it up to the next heading.
 *
 * @param level of the heading, 0 for what comes before the first one
 * @param heading its words, empty at level 0
 * @param anchor its id, empty at level 0
 * @param pieces its own text, empty if a subheading follows at once
 */
public record Section(int level, String heading, String anchor, List<Piece> pieces) {}
