package dev.docent.database;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.docent.chat.Source;
import dev.docent.json.Json;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Sources as JSON for the {@code sources} column. The older backend reads and writes only {@code
 * file}, {@code heading} and {@code similarity}; missing members get a sensible value.
 */
final class SourcesJson {
    private SourcesJson() {}

    static String write(List<Source> sources) {
        return Json.text(sources.stream().map(SourcesJson::storable).toList());
    }

    private static Source storable(Source source) {
        return new Source(
                StorableText.text(source.file()),
                StorableText.text(source.heading()),
                source.similarity(),
                source.number(),
                StorableText.text(source.title()),
                source.url() == null ? null : StorableText.text(source.url()),
                source.quote() == null ? null : StorableText.text(source.quote()));
    }

    /** Null if there are none, or if the column does not hold a list. */
    static @Nullable List<Source> read(@Nullable String json) {
        if (json == null) {
            return null;
        }
        JsonNode array;
        try {
            array = Json.MAPPER.readTree(json);
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
