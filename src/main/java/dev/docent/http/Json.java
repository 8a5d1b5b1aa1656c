package dev.docent.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;

/** JSON in and out, by Jackson. Thread-safe. */
final class Json {
    /** A constant, so that naming it loads nothing. */
    static final String MEDIA_TYPE = "application/json";

    private static final JsonMapper MAPPER =
            JsonMapper.builder()
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                    .build();

    private Json() {}

    /** Parses one JSON document with nothing after it; throws what Jackson throws. */
    static JsonNode parse(byte[] body) throws IOException {
        return MAPPER.readTree(body);
    }

    static byte[] bytes(Object value) {
        try {
            return MAPPER.writeValueAsBytes(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("maps and records of plain values can be written", e);
        }
    }

    static void send(ServerResponse response, String mediaType, Object value) {
        response.header(HeaderNames.CONTENT_TYPE, mediaType);
        response.send(bytes(value));
    }

    static void send(ServerResponse response, Object value) {
        send(response, MEDIA_TYPE, value);
    }
}
