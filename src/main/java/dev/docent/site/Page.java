package dev.docent.site;

import dev.docent.markdown.Piece;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page as it is indexed.
 *
 * @param file what passages call it
 * @param title its title
 * @param url its address, null where none is known
 * @param sections what it says, in order
 */
public record Page(String file, String title, @Nullable String url, List<Part> sections) {
    /**
     * A section in its place.
     *
     * @param level of its heading, 0 for the page itself
     * @param path headings down to it
     * @param anchor the id of its heading, empty for the page itself
     * @param fragment what its address ends with, mostly the same as {@code anchor}
     * @param pieces what it says
     */
    public record Part(
            int level, List<String> path, String anchor, String fragment, List<Piece> pieces) {}
}
