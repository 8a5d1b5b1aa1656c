package dev.docent.site;

import java.nio.file.Path;

/**
 * A folder of pages whose addresses begin alike.
 *
 * @param folder where the pages are; or a single file
 * @param name how their paths begin in passages, for example {@code docs/}
 * @param kind which rules turn a path into an address
 * @param base how the paths of their addresses begin, with a slash at both ends
 */
public record ContentRoot(Path folder, String name, Kind kind, String base) {
    /** Which rules turn a path into an address. */
    enum Kind {
        DOCS,
        BLOG
    }
}
