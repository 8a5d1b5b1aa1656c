package dev.docent.site;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A folder of pages whose addresses begin alike.
 *
 * @param folder where the pages are; or a single file
 * @param translations a folder whose files take the place of those with the same path in {@code
 *     folder}; null if there is none
 * @param translated whether only files are published that have such a translation
 * @param name how their paths begin in passages, for example {@code docs/}
 * @param kind which rules turn a path into an address
 * @param host scheme and host of their addresses if they are not the site's; null if they are
 * @param base how the paths of their addresses begin, with a slash at both ends
 * @param rules which files of the folder are published
 */
public record ContentRoot(
        Path folder,
        @Nullable Path translations,
        boolean translated,
        String name,
        Kind kind,
        @Nullable String host,
        String base,
        PageRules rules) {
    /** Which rules turn a path into an address. */
    enum Kind {
        DOCS,
        BLOG,
        PAGES
    }

    /** A folder without translations. */
    static ContentRoot of(Path folder, String name, Kind kind, String base, PageRules rules) {
        return new ContentRoot(folder, null, false, name, kind, null, base, rules);
    }
}
