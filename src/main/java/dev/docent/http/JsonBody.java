package dev.docent.http;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import dev.docent.json.Json;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Reads and writes JSON bodies. */
final class JsonBody {
    /** A constant, so that naming it loads nothing. */
    static final String MEDIA_TYPE = "application/json";

    private JsonBody() {}

    /** Parses one JSON document with nothing after it; throws what Jackson throws. */
    static JsonNode parse(byte[] body) throws IOException {
        requireText(body);
        return Json.MAPPER.reader(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).readTree(body);
    }

    /**
     * Jackson takes overlong UTF-8; UTF-16 and UTF-32, which it knows by their NULs, it checks.
     *
     * @throws CharacterCodingException when it is not UTF-8
     */
    private static void requireText(byte[] body) throws CharacterCodingException {
        if (body.length < 2 || (body[0] != 0 && body[1] != 0)) {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body));
        }
    }

    static void send(ServerResponse response, String mediaType, Object value) {
        response.header(HeaderNames.CONTENT_TYPE, mediaType);
        response.send(Json.bytes(value));
    }

    static void send(ServerResponse response, Object value) {
        send(response, MEDIA_TYPE, value);
    }
}
