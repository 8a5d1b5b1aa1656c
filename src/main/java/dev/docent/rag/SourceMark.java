package dev.docent.rag;

import java.util.regex.Pattern;

/**
 * The form in which an answer cites a passage: {@code [Source 3]}.
 *
 * <p>Text that comes from elsewhere may look like one. {@link #defuse} writes it with a no-break
 * space, which a reader does not notice and which makes it none, for clients and for {@code
 * chat.Citations} alike.
 */
public final class SourceMark {
    /** What {@code chat.Citations} takes for the beginning of a citation. */
    private static final Pattern BEGINNING =
            Pattern.compile("([\\[【]\\s*sources?:?)\\s+(?=#?\\d)", Pattern.CASE_INSENSITIVE);

    private static final Pattern CITATION = Pattern.compile(" ?\\[Source \\d+]");

    private SourceMark() {}

    /** The citation of a passage, numbered from 1. */
    public static String of(int number) {
        return "[Source " + number + "]";
    }

    /** The text with whatever looks like a citation made to look so only. */
    public static String defuse(String text) {
        return BEGINNING.matcher(text).replaceAll("$1\u00a0");
    }

    /** An answer without its citations, which mean nothing beside other passages. */
    public static String strip(String answer) {
        return CITATION.matcher(answer).replaceAll("");
    }
}
