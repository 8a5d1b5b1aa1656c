package dev.docent.site;

import java.nio.file.Path;

/**
 * A page that was found.
 *
 * @param path where it is
 * @param relative its path within its root, with forward slashes
 * @param root the folder that it belongs to
 */
public record PageFile(Path path, String relative, ContentRoot root) {
    /** What passages call it. */
    public String file() {
        return root.name() + relative;
    }
}
