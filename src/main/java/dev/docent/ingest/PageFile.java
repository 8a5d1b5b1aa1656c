package dev.docent.ingest;

import java.nio.file.Path;

/**
 * A page that was found.
 *
 * @param path where it is
 * @param relative its path within its root, with forward slashes
 * @param root the folder that it belongs to
 */
record PageFile(Path path, String relative, ContentRoot root) {
    /** What passages call it. */
    String file() {
        return root.name() + relative;
    }
}
