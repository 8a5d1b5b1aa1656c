package dev.docent.text;

/** Shortens text without cutting a code point in two. */
public final class CodePoints {
    private CodePoints() {}

    /**
     * Where to cut a text: after {@code most} characters, or one fewer where this would be between
     * the two of a surrogate pair.
     *
     * @param most less than 0 counts as 0
     * @return at most the text's length
     */
    public static int end(String text, int most) {
        int end = Math.clamp(most, 0, text.length());
        boolean cut = 0 < end && end < text.length();
        return cut && Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end;
    }
}
