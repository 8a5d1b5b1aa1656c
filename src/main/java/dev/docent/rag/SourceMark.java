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
        Matcher beginning = BEGINNING.matcher(text);
        return Brackets.edited(
                text,
                '[',
                OTHER_BRACKETS,
                at ->
                        beginning.region(at, text.length()).lookingAt()
                                ? new Brackets.Edit(beginning.end(1), beginning.end(), "\u00a0")
                                : null);
    }

    /** An answer without its citations, which would be wrong for other passages. */
    public static String strip(String answer) {
        return CITATION.matcher(answer).replaceAll("");
    }
}
