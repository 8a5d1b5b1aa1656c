package dev.docent.qdrant;

import com.fasterxml.jackson.databind.JsonNode;
import dev.docent.config.Jwt;
import dev.docent.config.Secret;
import org.jspecify.annotations.Nullable;

/**
 * What a Qdrant key allows, as far as the key itself tells. A key with granular access is a JWT
 * whose claim {@code access} is {@code r}, {@code m}, or a list of collections, and only {@code m}
 * may create collections and aliases (https://qdrant.tech/documentation/security/, granular access
 * control). Other keys tell nothing.
 */
public enum KeyRights {
    /** No key, or one that does not tell. */
    UNTOLD("does not say what it allows"),
    READ_ONLY("is read-only, which is enough to serve but not for docent ingest"),
    SOME_COLLECTIONS(
            "is for single collections, which is enough to serve but not for docent ingest"),
    MANAGE("may also write");

    private final String words;

    KeyRights(String words) {
        this.words = words;
    }

    /** The rights of a key, null for none. */
    public static KeyRights of(@Nullable Secret key) {
        if (key == null) {
            return UNTOLD;
        }
        JsonNode access =
                Jwt.claims(key.reveal()).map(claims -> claims.path("access")).orElse(null);
        if (access == null) {
            return UNTOLD;
        }
        if (access.isArray()) {
            return SOME_COLLECTIONS;
        }
        return switch (access.asText()) {
            case "r" -> READ_ONLY;
            case "m" -> MANAGE;
            default -> UNTOLD;
        };
    }

    /** The rest of a sentence that begins with "the key". */
    public String words() {
        return words;
    }

    /** Whether creating collections would certainly be refused. */
    boolean cannotCreate() {
        return this == READ_ONLY || this == SOME_COLLECTIONS;
    }
}
