package dev.docent.config;

import com.fasterxml.jackson.databind.JsonNode;
import dev.docent.json.Json;
import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** Reads the payload of a JSON Web Token (RFC 7519) without checking its signature. */
public final class Jwt {
    /** The end of the year 9999, beyond which nobody means a date. */
    private static final long LATEST = 253_402_300_799L;

    private Jwt() {}

    /** The token's claims, an object; empty if it is not a token. */
    public static Optional<JsonNode> claims(String token) {
        List<String> parts = List.of(token.split("\\.", -1));
        if (parts.size() != 3 || !token.startsWith("eyJ")) {
            return Optional.empty();
        }
        try {
            JsonNode payload = Json.MAPPER.readTree(Base64.getUrlDecoder().decode(parts.get(1)));
            return Optional.ofNullable(payload).filter(JsonNode::isObject);
        } catch (IllegalArgumentException | IOException e) {
            return Optional.empty();
        }
    }

    /** The day, in UTC, on which the token expires; empty if it is not a token or never expires. */
    public static Optional<LocalDate> expiry(String token) {
        return claims(token)
                .map(claims -> claims.path("exp"))
                .filter(JsonNode::isNumber)
                .map(JsonNode::asLong)
                .filter(seconds -> seconds >= 0 && seconds <= LATEST)
                .map(seconds ->
                        LocalDate.ofInstant(Instant.ofEpochSecond(seconds), ZoneOffset.UTC));
    }
}
