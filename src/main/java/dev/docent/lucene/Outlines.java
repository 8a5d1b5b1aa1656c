package dev.docent.lucene;

import dev.docent.rag.Outline;
import java.io.IOException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.apache.lucene.index.StoredFields;

/**
 * The outlines of one generation's documents, each read once: every question needs about a hundred
 * of them, and to unpack them took most of a search. Thread-safe.
 */
final class Outlines {
    private final ConcurrentMap<Integer, Outline> known = new ConcurrentHashMap<>();

    Outline of(int document, StoredFields stored) throws IOException {
        Outline outline = known.get(document);
        if (outline == null) {
            outline = Fields.outline(stored, document);
            known.put(document, outline);
        }
        return outline;
    }
}
