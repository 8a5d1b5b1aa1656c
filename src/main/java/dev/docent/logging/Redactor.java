package dev.docent.logging;

import dev.docent.config.Secret;
import java.util.ArrayList;
import java.util.List;

/**
 * Takes secrets out of a text. The last line of defence: nothing of ours logs a secret, but a
 * library may repeat one in an exception or at TRACE. Immutable.
 */
final class Redactor {
    /** A shorter value would also be found in ordinary words. */
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
