package dev.docent.site;

import java.nio.file.Path;

/**
 * A file that holds a page.
 *
 * @param relative its path within its root, with forward slashes
 * @param root the folder that it belongs to
 */
public record PageFile(Path path, String relative, ContentRoot root) {
    /** Its path as passages name it. */
    public String file() {
        return root.name() + relative;
    }

    /** Tells it from all other files of its site. */
    @Override
    public String toString() {
        return file() + " " + path;
    }
}
