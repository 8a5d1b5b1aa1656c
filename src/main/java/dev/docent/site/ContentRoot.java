package dev.docent.site;

import java.nio.file.Path;

/**
 * A folder of pages that share the beginning of their addresses.
 *
 * @param folder where they are, or the one file that is all
 * @param name what their paths begin with as passages name them, for example {@code docs/}
 * @param kind which rules make an address of a path
 * @param base path of the address up to the page's own part, with a slash at both ends
 */
public record ContentRoot(Path folder, String name, Kind kind, String base) {
    /** Which rules make an address of a path. */
    enum Kind {
        DOCS,
        BLOG
    }
}
