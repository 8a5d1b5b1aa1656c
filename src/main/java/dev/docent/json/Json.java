package dev.docent.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.stream.Stream;

/** JSON by Jackson. The mapper is created on first use, which takes 20 ms. Thread-safe. */
public final class Json {
    /**
     * The mapper of all packages, with Jackson's defaults but for its buffers: kept for each
     * thread, as they are by default, they would be new for each virtual one, and stay as long as
     * it does.
     */
    public static final JsonMapper MAPPER =
            new JsonMapper(
                    JsonFactory.builder()
                            .recyclerPool(JsonRecyclerPools.newConcurrentDequePool())
                            .build());

    private Json() {}

    /** A record, map, list or tree of plain values as JSON on one line. */
    public static String text(Object value) {
        try {
            return MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("plain values can be written", e);
        }
    }

    /** The same in UTF-8, for text without half surrogate pairs. */
    public static byte[] bytes(Object value) {
        try {
            return MAPPER.writeValueAsBytes(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("plain values can be written", e);
        }
    }

    /**
     * What a server says in an answer that need not be its own: the error within JSON of a usual
     * form, else all of it.
     */
    public static String said(String answer) {
        try {
            JsonNode json = MAPPER.readTree(answer);
            return Stream.of("/status/error", "/error/message", "/error", "/message", "/detail")
                    .map(json::at)
                    .filter(JsonNode::isTextual)
                    .map(JsonNode::textValue)
                    .findFirst()
                    .orElse(answer);
        } catch (JsonProcessingException _) {
            return answer;
        }
    }
}
