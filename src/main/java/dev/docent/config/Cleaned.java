package dev.docent.config;

import dev.docent.failure.Diagnosis;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A variable's value without what was copied with it by mistake.
 *
 * @param value what remains
 * @param removed what was removed, in words; empty for nothing
 */
public record Cleaned(String value, List<String> removed) {
    /**
     * Invisible characters, which nobody writes on purpose: zero-width and bidi marks, the byte
     * order mark.
     */
    private static final Pattern INVISIBLE =
            Pattern.compile("[\\u00AD\\u200B-\\u200F\\u202A-\\u202E\\u2060-\\u2069\\uFEFF]");

    private static final Pattern PSQL =
            Pattern.compile("psql\\s+(?<value>'[^']*'|\"[^\"]*\"|\\S+)", Pattern.CASE_INSENSITIVE);

    private static final List<String> QUOTES = List.of("\"\"", "''", "``", "“”", "‘’", "„“", "«»");

    /** Far more than any real value. */
    static final int LONGEST = 16_384;

    public Cleaned {
        removed = List.copyOf(removed);
    }

    /**
     * Removes what plainly does not belong to a value: invisible characters, blanks and line ends
     * around it, one pair of quotes, the variable's own name with the sign that a shell or YAML
     * puts after it, psql's command. What is ambiguous stays.
     */
    public static Cleaned of(String variable, String raw) {
        List<String> removed = new ArrayList<>();
        String value = INVISIBLE.matcher(raw).replaceAll("");
        note(removed, !value.equals(raw), "invisible characters");
        value = strip(value, removed);
        if (value.length() > LONGEST) {
            return new Cleaned(value, removed);
        }
        value = unquote(value, removed);
        Matcher named =
                Pattern.compile(
                                "(?:(?:export|set|env)\\s+|\\$env:)?"
                                        + Pattern.quote(variable)
                                        + "\\s*(?:(?<equals>=)|:\\s+)(?<value>.*)",
                                Pattern.DOTALL | Pattern.CASE_INSENSITIVE)
                        .matcher(value);
        if (named.matches()) {
            value = named.group("value");
            String sign = named.group("equals") == null ? ":" : "=";
            removed.add("the name and the " + sign + " before it");
            value = unquote(strip(value, removed), removed);
        }
        Matcher psql = PSQL.matcher(value);
        if (psql.matches()) {
            removed.add("the psql command before it");
            value = unquote(psql.group("value"), new ArrayList<>());
        }
        return new Cleaned(value, removed);
    }

    private static String strip(String value, List<String> removed) {
        int start = 0;
        int end = value.length();
        while (start < end && space(value.charAt(start))) {
            start++;
        }
        while (end > start && space(value.charAt(end - 1))) {
            end--;
        }
        String stripped = value.substring(start, end);
        note(removed, !stripped.equals(value), "blanks or line ends around it");
        return stripped;
    }

    private static boolean space(char c) {
        return Character.isWhitespace(c) || Character.isSpaceChar(c) || c == '\u0085';
    }

    private static String unquote(String value, List<String> removed) {
        for (String pair : QUOTES) {
            if (value.length() > 1
                    && value.charAt(0) == pair.charAt(0)
                    && value.charAt(value.length() - 1) == pair.charAt(1)) {
                removed.add("quotes around it");
                return strip(value.substring(1, value.length() - 1), removed);
            }
        }
        return value;
    }

    private static void note(List<String> removed, boolean done, String what) {
        if (done && !removed.contains(what)) {
            removed.add(what);
        }
    }

    /** Adds the warning that says what was removed; call it only if something was. */
    public void warn(String variable, Problems problems) {
        problems.warning(
                Diagnosis.CLEANED,
                variable + " is read without " + String.join(", without ", removed) + ".",
                "Store the bare value.");
    }

    /** Shows no value. */
    @Override
    public String toString() {
        return "Cleaned" + removed;
    }
}
