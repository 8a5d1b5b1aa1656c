package dev.docent.qdrant;

import com.fasterxml.jackson.databind.JsonNode;
import dev.docent.json.Json;
import dev.docent.rag.IndexUpdate;
import dev.docent.rag.Passage;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * The payload of a passage's point: the fields that Docent writes, of which the older ingester
 * wrote four, or those by which other programs call the same. LangChain writes {@code page_content}
 * and an object {@code metadata}; LlamaIndex a text {@code _node_content}, which is JSON with
 * {@code text} and {@code metadata}, and its metadata beside it.
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

    private static final String NODE = "_node_content";

    /** An object of this name holds what is said about the text. */
    private static final String METADATA = "metadata.";

    private static final List<String> TEXTS =
            List.of(CONTENT, "page_content", "text", "document", "chunk", "body");

    private static final List<String> PLACES =
            List.of(FILE, "source", "path", "file_name", "filename", URL);

    private static final List<String> HEADERS = List.of("Header %d", "header_%d", "h%d");

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
     * The passage of a point. Where no title is stored, it is the first heading or the file's name;
     * without an anchor of ours it is empty, because other payloads do not tell apart two equal
     * headings of a page.
     */
    static Passage passage(UUID id, Map<String, Object> payload) {
        Map<String, Object> fields = withNode(payload);
        String file = first(fields, PLACES).orElse("");
        List<String> headings = headings(fields);
        String title = headings.isEmpty() ? fileName(file) : headings.getFirst();
        return new Passage(
                id,
                file,
                first(fields, List.of(TITLE)).orElse(title),
                headings,
                text(fields, ANCHOR, ""),
                first(fields, List.of(URL)).or(() -> address(file)).orElse(null),
                number(fields, PART),
                first(fields, TEXTS).orElse(""),
                number(fields, TOKENS));
    }

    /** The text of a passage. */
    static String text(Map<String, Object> payload) {
        return first(withNode(payload), TEXTS).orElse("");
    }

    /** The fields that a text may stand in. */
    static List<String> texts() {
        return Stream.concat(
                        TEXTS.stream().flatMap(name -> Stream.of(name, METADATA + name)),
                        Stream.of(NODE))
                .toList();
    }

    /** Whether a text, and where it comes from, can be told. */
    static boolean readable(Map<String, Object> payload) {
        Map<String, Object> fields = withNode(payload);
        return first(fields, TEXTS).isPresent() && first(fields, PLACES).isPresent();
    }

    /** The names that are understood, for the owner of a collection with others. */
    static String needed() {
        return "the text in one of %s or %s, and where it is from in one of %s, there or in metadata"
                .formatted(String.join(", ", TEXTS), NODE, String.join(", ", PLACES));
    }

    static String text(Map<String, Object> payload, String field, String otherwise) {
        return payload.get(field) instanceof String text ? text : otherwise;
    }

    /** The first of some fields that is there and not blank, as it is or in the metadata. */
    private static Optional<String> first(Map<String, Object> fields, List<String> names) {
        return names.stream()
                .flatMap(name -> Stream.of(name, METADATA + name))
                .map(name -> text(fields, name, ""))
                .filter(text -> !text.isBlank())
                .findFirst();
    }

    private static List<String> headings(Map<String, Object> fields) {
        if (fields.get(HEADING_PATH) instanceof List<?> path) {
            return path.stream().map(String::valueOf).toList();
        }
        for (String header : HEADERS) {
            List<String> headings =
                    Stream.of(1, 2, 3, 4, 5, 6)
                            .map(level -> first(fields, List.of(header.formatted(level))))
                            .flatMap(Optional::stream)
                            .toList();
            if (!headings.isEmpty()) {
                return headings;
            }
        }
        return Stream.of(first(fields, List.of("header_path")).orElse("").split("/"))
                .filter(heading -> !heading.isBlank())
                .toList();
    }

    /** With the fields of the node that LlamaIndex stores as JSON, where there is one. */
    private static Map<String, Object> withNode(Map<String, Object> payload) {
        if (!(payload.get(NODE) instanceof String json)) {
            return payload;
        }
        Map<String, Object> all = new HashMap<>(payload);
        try {
            JsonNode node = Json.MAPPER.readTree(json);
            all.putIfAbsent("text", node.path("text").asText());
            node.path("metadata")
                    .forEachEntry(
                            (name, value) -> all.putIfAbsent(METADATA + name, value.asText()));
        } catch (IOException e) {
            // Another program's field of the same name: the others may tell.
            return payload;
        }
        return all;
    }

    private static int number(Map<String, Object> payload, String field) {
        return payload.get(field) instanceof Number number ? number.intValue() : 0;
    }

    private static Optional<String> address(String place) {
        return Optional.of(place).filter(text -> text.matches("https?://\\S+"));
    }

    /** {@code docs/guides/intro.mdx} becomes {@code intro}. */
    private static String fileName(String file) {
        String name = file.substring(file.lastIndexOf('/') + 1);
        int dot = name.lastIndexOf('.');
        return dot > 0 ? name.substring(0, dot) : name;
    }
}
