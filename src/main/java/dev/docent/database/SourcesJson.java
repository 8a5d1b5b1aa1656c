package dev.docent.database;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.docent.chat.Source;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Sources as JSON for the {@code sources} column. The older backend reads and writes only {@code
 * file}, {@code heading} and {@code similarity}; missing members get a sensible value.
 */
final class SourcesJson {
    private static final ObjectMapper JSON = new ObjectMapper();

    private SourcesJson() {}

    static String write(List<Source> sources) {
        ArrayNode array = JSON.createArrayNode();
        for (Source source : sources) {
            ObjectNode node =
                    array.addObject()
                            .put("file", StorableText.text(source.file()))
                            .put("heading", StorableText.text(source.heading()))
                            .put("similarity", source.similarity())
                            .put("number", source.number())
                            .put("title", StorableText.text(source.title()));
            if (source.url() != null) {
                node.put("url", StorableText.text(source.url()));
            }
            if (source.quote() != null) {
                node.put("quote", StorableText.text(source.quote()));
            }
        }
        return array.toString();
    }

    /** Null if there are none, or if the column does not hold a list. */
    static @Nullable List<Source> read(@Nullable String json) {
        if (json == null) {
            return null;
        }
        JsonNode array;
        try {
            array = JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the database returned JSON that is none", e);
        }
        if (!array.isArray()) {
            return null;
        }
        List<Source> sources = new ArrayList<>();
        for (JsonNode node : array) {
            String heading = node.path("heading").asText("");
            sources.add(
                    new Source(
                            node.path("file").asText(""),
                            heading,
                            node.path("similarity").asDouble(0),
                            node.path("number").asInt(sources.size() + 1),
                            node.path("title").asText(heading),
                            text(node, "url"),
                            text(node, "quote")));
        }
        return sources;
    }

    private static @Nullable String text(JsonNode node, String name) {
        return node.path(name).isTextual() ? node.path(name).textValue() : null;
    }
}
