package dev.docent.config;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/** Suggests the known name that was probably meant by an unknown one. */
public final class Suggestion {
    /** Cost of a letter too many or too few, or of two that were swapped. */
    private static final int SLIP = 8;

    /** Another letter counts a little more, so that MODEE means MODE rather than MODEL. */
    private static final int REPLACED = 9;

    private Suggestion() {}

    /**
     * The nearest of the known names; empty if none is near. Ignores case and whether {@code -},
     * {@code _} or {@code .} separates the words.
     */
    public static Optional<String> nearest(String written, Collection<String> known) {
        String plain = plain(written);
        // Names are short; for a long text there is no suggestion, because the time is quadratic.
        if (plain.length() > 100) {
            return Optional.empty();
        }
        String best = null;
        int least = Math.max(2, plain.length() / 4) * REPLACED + 1;
        for (String candidate : known) {
            int distance = distance(plain, plain(candidate));
            if (distance < least && distance < SLIP * Math.max(plain.length(), 1)) {
                least = distance;
                best = candidate;
            }
        }
        return Optional.ofNullable(best);
    }

    private static String plain(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[-_. ]", "");
    }

    /** Damerau's distance in its restricted form, with a weight for each kind of mistake. */
    private static int distance(String a, String b) {
        int[] before = new int[b.length() + 1];
        int[] above = new int[b.length() + 1];
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            above[j] = j * SLIP;
        }
        for (int i = 1; i <= a.length(); i++) {
            row[0] = i * SLIP;
            for (int j = 1; j <= b.length(); j++) {
                int replace = above[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : REPLACED);
                row[j] = Math.min(replace, Math.min(above[j], row[j - 1]) + SLIP);
                if (i > 1
                        && j > 1
                        && a.charAt(i - 1) == b.charAt(j - 2)
                        && a.charAt(i - 2) == b.charAt(j - 1)) {
                    row[j] = Math.min(row[j], before[j - 2] + SLIP);
                }
            }
            int[] oldest = before;
            before = above;
            above = row;
            row = oldest;
        }
        return above[b.length()];
    }
}
