package dev.docent.secrets;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** Reads the payload of a JSON Web Token (RFC 7519) without checking its signature. */
final class Jwt {
    /** The end of the year 9999, beyond which nobody means a date. */
    private static final long LATEST = 253_402_300_799L;

    private static final JsonMapper JSON = new JsonMapper();

    private Jwt() {}

    /** The day, in UTC, on which the token ends; empty where it is no token or never ends. */
    static Optional<LocalDate> expiry(String token) {
        List<String> parts = List.of(token.split("\\.", -1));
        if (parts.size() != 3 || !token.startsWith("eyJ")) {
            return Optional.empty();
        }
        try {
            byte[] payload = Base64.getUrlDecoder().decode(parts.get(1));
            JsonNode expiry = JSON.readTree(payload).path("exp");
            return expiry.isNumber() && expiry.asLong() >= 0 && expiry.asLong() <= LATEST
                    ? Optional.of(
                            LocalDate.ofInstant(
                                    Instant.ofEpochSecond(expiry.asLong()), ZoneOffset.UTC))
                    : Optional.empty();
        } catch (IllegalArgumentException | IOException e) {
            return Optional.empty();
        }
    }
}
