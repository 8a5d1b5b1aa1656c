package dev.docent.ingest;

import dev.docent.json.Json;
import dev.docent.site.Page;
import dev.docent.site.SiteException;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes a line of JSON for each page that is indexed: {@code file}, {@code url}, {@code title} and
 * {@code headings}, each with {@code level}, {@code anchor} and {@code text}. Not thread-safe.
 */
final class PageList implements AutoCloseable {
    private final Path file;
    private final Writer out;

    /** Starts a file, in the place of one that is there. */
    PageList(Path file) {
        this.file = file;
        try {
            out = Files.newBufferedWriter(file);
        } catch (IOException e) {
            throw unwritable(file);
        }
    }

    void add(Page page) {
        Map<String, @Nullable Object> line = new LinkedHashMap<>();
        line.put("file", page.file());
        line.put("url", page.url());
        line.put("title", page.title());
        line.put("headings", page.headings());
        try {
            out.write(Json.MAPPER.writeValueAsString(line) + "\n");
        } catch (IOException e) {
            throw unwritable(file);
        }
    }

    @Override
    public void close() {
        try {
            out.close();
        } catch (IOException e) {
            throw unwritable(file);
        }
    }

    private static SiteException unwritable(Path file) {
        return new SiteException(
                "The list of pages cannot be written to "
                        + file
                        + "; look at the folder and its permissions.");
    }
}
