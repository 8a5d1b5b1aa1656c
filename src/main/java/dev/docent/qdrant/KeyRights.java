package dev.docent.qdrant;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.docent.config.Jwt;
import dev.docent.config.Secret;
import java.util.ArrayList;
import java.util.List;
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
        JsonNode access = access(key);
        if (access.isArray()) {
            return SOME_COLLECTIONS;
        }
        return switch (access.asText()) {
            case "r" -> READ_ONLY;
            case "m" -> MANAGE;
            default -> UNTOLD;
        };
    }

    /** The collections that a key is for; empty where it does not name them. */
    static List<String> collections(@Nullable Secret key) {
        if (key == null) {
            return List.of();
        }
        List<String> names = new ArrayList<>();
        access(key).forEach(each -> names.add(each.path("collection").asText()));
        return names.stream().filter(name -> !name.isEmpty()).toList();
    }

    private static JsonNode access(Secret key) {
        return Jwt.claims(key.reveal())
                .<JsonNode>map(claims -> claims.path("access"))
                .orElse(MissingNode.getInstance());
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
