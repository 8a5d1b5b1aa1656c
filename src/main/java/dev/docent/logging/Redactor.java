package dev.docent.logging;

import dev.docent.config.Secret;
import java.util.ArrayList;
import java.util.List;

/**
 * Removes secrets from a text. A last line of defence: Docent's own code logs no secret, but a
 * library may repeat one in an exception or at TRACE. Immutable.
 */
final class Redactor {
    /** Shorter values would also occur in ordinary words. */
    private static final int SHORTEST = 6;

    private final List<String> values = new ArrayList<>();

    Redactor(List<Secret> secrets) {
        for (Secret secret : secrets) {
            String value = secret.reveal();
            if (value.length() >= SHORTEST) {
                values.add(value);
            }
        }
    }

    String clean(String text) {
        String cleaned = text;
        for (String value : values) {
            cleaned = cleaned.replace(value, "*****");
        }
        return cleaned;
    }
}
