package dev.docent.config;

import java.util.regex.Pattern;

/**
 * Decides which values a message may repeat, because any value could be a key that was pasted by
 * mistake.
 */
public final class SafeToShow {
    /** Plain words, or a number with a unit; no generated key or password is only that. */
    private static final Pattern HARMLESS =
            Pattern.compile(
                    "[A-Za-z]{1,16}([-_. ][A-Za-z]{1,16}){0,2}|-?[0-9.,]{1,7} ?[A-Za-z]{0,7}");

    private SafeToShow() {}

    /** The value in quotes, after a colon, if it may be repeated; otherwise nothing. */
    public static String quoted(String value) {
        return value.length() <= 24 && HARMLESS.matcher(value).matches()
                ? ": \"" + value + "\""
                : "";
    }
}
