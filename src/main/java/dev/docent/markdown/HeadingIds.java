package dev.docent.markdown;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Gives the headings of one page their ids as github-slugger does, which Docusaurus uses: lower
 * case unless the site says otherwise, letters, marks and digits of all scripts, {@code _} and
 * {@code -} kept, each space a hyphen, everything else dropped, and a number appended to an id that
 * is taken. Not thread-safe.
 */
public final class HeadingIds {
    private final boolean maintainCase;
    private final boolean htmlComments;
    private final Map<String, Integer> taken = new HashMap<>();

    /**
     * For a page without headings so far.
     *
     * @param maintainCase whether capital letters stay, as Docusaurus' {@code
     *     markdown.anchors.maintainCase}
     * @param htmlComments whether a comment of HTML can hold an id, as without Docusaurus' {@code
     *     markdown.mdx1Compat.comments}
     */
    public HeadingIds(boolean maintainCase, boolean htmlComments) {
        this.maintainCase = maintainCase;
        this.htmlComments = htmlComments;
    }

    /** As Docusaurus does by default. */
    public HeadingIds() {
        this(false, false);
    }

    boolean htmlComments() {
        return htmlComments;
    }

    /** For another page of the same site. */
    HeadingIds anew() {
        return new HeadingIds(maintainCase, htmlComments);
    }

    public String next(String text) {
        String slug = slug(text);
        String id = slug;
        while (taken.containsKey(id)) {
            id = slug + "-" + taken.merge(slug, 1, Integer::sum);
        }
        taken.put(id, 0);
        return id;
    }

    private String slug(String text) {
        StringBuilder slug = new StringBuilder(text.length());
        (maintainCase ? text : text.toLowerCase(Locale.ROOT))
                .codePoints()
                .filter(c -> c == ' ' || c == '-' || kept(c))
                .forEach(c -> slug.appendCodePoint(c == ' ' ? '-' : c));
        return slug.toString();
    }

    private static boolean kept(int c) {
        return Character.isAlphabetic(c)
                || switch (Character.getType(c)) {
                    case Character.NON_SPACING_MARK,
                            Character.ENCLOSING_MARK,
                            Character.COMBINING_SPACING_MARK,
                            Character.DECIMAL_DIGIT_NUMBER,
                            Character.CONNECTOR_PUNCTUATION ->
                            true;
                    default -> false;
                };
    }
}
