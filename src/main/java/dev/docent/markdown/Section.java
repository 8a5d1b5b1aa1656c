package dev.docent.markdown;

import java.util.List;

/**
 * A heading of a page and what stands under it up to the next one.
 *
 * @param level of the heading, 0 for what stands before the first
 * @param heading its words, empty at level 0
 * @param anchor its id, empty at level 0
 * @param pieces its own text, empty where its children follow at once
 */
public record Section(int level, String heading, String anchor, List<Piece> pieces) {}
