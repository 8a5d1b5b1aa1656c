package dev.docent.qdrant;

import dev.docent.rag.IndexUpdate;
import dev.docent.rag.Passage;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The payload of a passage's point. The older ingester's points have only the first four fields, so
 * the same code reads both kinds.
 */
final class Payload {
    static final String FILE = "file_path";
    static final String HEADING_PATH = "heading_path";
    static final String CONTENT = "content";
    static final String TOKENS = "token_count";
    static final String TITLE = "title";
    static final String ANCHOR = "anchor";
    static final String URL = "url";
    static final String PART = "part";
    static final String HASH = "hash";
    static final String MODEL = "model";

    private Payload() {}

    static Map<String, Object> of(IndexUpdate.Entry entry, String model) {
        Passage passage = entry.passage();
        Map<String, Object> payload = new HashMap<>();
        payload.put(FILE, passage.file());
        payload.put(HEADING_PATH, passage.headingPath());
        payload.put(CONTENT, passage.text());
        payload.put(TOKENS, (long) passage.tokens());
        payload.put(TITLE, passage.title());
        payload.put(ANCHOR, passage.anchor());
        payload.put(PART, (long) passage.part());
        payload.put(HASH, entry.hash());
        payload.put(MODEL, model);
        if (passage.url() != null) {
            payload.put(URL, passage.url());
        }
        return payload;
    }

    /**
     * The passage of a point. The older ingester knew neither title nor anchor: its title is the
     * first heading, or the file's name; its anchor stays empty and its url null, because the
     * payload does not tell apart two equal headings of a page.
     */
    static Passage passage(UUID id, Map<String, Object> payload) {
        String file = text(payload, FILE, "");
        List<String> headings = texts(payload.get(HEADING_PATH));
        String title = headings.isEmpty() ? fileName(file) : headings.getFirst();
        return new Passage(
                id,
                file,
                text(payload, TITLE, title),
                headings,
                text(payload, ANCHOR, ""),
                payload.get(URL) instanceof String url ? url : null,
                number(payload, PART),
                text(payload, CONTENT, ""),
                number(payload, TOKENS));
    }

    static String text(Map<String, Object> payload, String field, String otherwise) {
        return payload.get(field) instanceof String text ? text : otherwise;
    }

    private static int number(Map<String, Object> payload, String field) {
        return payload.get(field) instanceof Number number ? number.intValue() : 0;
    }

    private static List<String> texts(@Nullable Object value) {
        return value instanceof List<?> list
                ? list.stream().map(String::valueOf).toList()
                : List.of();
    }

    /** {@code docs/guides/intro.mdx} becomes {@code intro}. */
    private static String fileName(String file) {
        String name = file.substring(file.lastIndexOf('/') + 1);
        int dot = name.lastIndexOf('.');
        return dot > 0 ? name.substring(0, dot) : name;
    }
}
