package dev.docent;

import java.util.List;

/**
 * A setting as the service uses it, for the owner to see.
 *
 * @param key in {@code application.yaml}
 * @param variable the environment variable
 * @param value what holds; stars for a secret, and empty for none
 * @param origin where it comes from: {@code environment}, {@code Space}, {@code .env}, the owner's
 *     YAML, or {@code default}
 * @param cleaned what was taken off the written value, in words; mostly empty
 */
public record SettingInEffect(
        String key, String variable, String value, String origin, List<String> cleaned) {
    static final String DEFAULT = "default";

    public SettingInEffect {
        cleaned = List.copyOf(cleaned);
    }

    /** Whether the owner, or the Space, has set it. */
    public boolean set() {
        return !origin.equals(DEFAULT);
    }

    /** One line. */
    public String line() {
        return variable
                + " = "
                + (value.isEmpty() ? "none" : value)
                + " ("
                + origin
                + (cleaned.isEmpty() ? "" : ", read without " + String.join(", without ", cleaned))
                + ")";
    }
}
