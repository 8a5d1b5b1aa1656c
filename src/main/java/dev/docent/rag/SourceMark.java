package dev.docent.rag;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The form in which an answer cites a passage: {@code [Source 3]}.
 *
 * <p>Other text may look like a citation. {@link #defuse} puts a no-break space into it, which
 * readers do not notice, and because of which neither clients nor {@code chat.Citations} take it
 * for one.
 */
public final class SourceMark {
    /** What a citation begins with in any of its forms, up to its number; in any case. */
    public static final String OPENING = "[\\[【]\\s*+sources?+:?+";

    /** In the order of their numbers. */
    private static final String OTHER_BRACKETS = "❲⟦【〔［";

    /** The same in brackets and with blanks that a model may take for those. */
    private static final Pattern BEGINNING =
            Pattern.compile(
                    "([\\["
                            + OTHER_BRACKETS
                            + "][\\s\\p{Z}\\p{C}]*+sources?+:?+)[\\s\\p{Z}\\p{C}]++(?=[#＃]?\\p{Nd})",
                    Pattern.CASE_INSENSITIVE);

    private static final Pattern CITATION = Pattern.compile(" ?\\[Source \\d+]");

    private SourceMark() {}

    /** The citation of a passage, numbered from 1. */
    public static String of(int number) {
        return "[Source " + number + "]";
    }

    /** The text, changed so that nothing in it is taken for a citation. */
    public static String defuse(String text) {
        int at = Brackets.next(text, 0, '[', OTHER_BRACKETS);
        if (at < 0) {
            return text;
        }
        Matcher beginning = BEGINNING.matcher(text);
        StringBuilder defused = new StringBuilder();
        int done = 0;
        for (; at >= 0; at = Brackets.next(text, at + 1, '[', OTHER_BRACKETS)) {
            if (beginning.region(at, text.length()).lookingAt()) {
                defused.append(text, done, beginning.end(1)).append('\u00a0');
                done = beginning.end();
            }
        }
        return defused.append(text, done, text.length()).toString();
    }

    /** An answer without its citations, which would be wrong for other passages. */
    public static String strip(String answer) {
        return CITATION.matcher(answer).replaceAll("");
    }
}
