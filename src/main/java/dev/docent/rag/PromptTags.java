package dev.docent.rag;

import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The tags that enclose texts of others in a prompt. A model reads more as a tag than a parser
 * does: brackets and letters of other scripts that look alike, blanks and invisible characters
 * between them.
 */
final class PromptTags {
    private static final int LONGEST = 40;

    /** What looks like an opening bracket. */
    private static final String ALIKE_BRACKETS = "˂‹\u2329❮⟨〈﹤＜";

    /** What follows a bracket, after blanks and a slash. */
    private static final Pattern BEHIND =
            Pattern.compile(
                    "\\G[\\s\\p{Z}\\p{C}\\p{M}/∕⁄／]*+(?<name>.{1," + LONGEST + "})",
                    Pattern.DOTALL);

    /** What names begin with, where it is ASCII. */
    private static final String INITIALS = "pscqPSCQ";

    private static final Pattern UNSEEN = Pattern.compile("[\\p{C}\\p{M}]++");

    private static final Pattern NAME =
            Pattern.compile("(?:passages?|selection|conversation|question)(?![\\p{L}\\p{N}])");

    /** Letters of Cyrillic, Greek and phonetic script, and below each the one it looks like. */
    private static final String ALIKE = "асеорѕіԛӏтαοιντρυηϲıɑɡ";

    private static final String LATIN = "aceopsiqltaoivtpunciag";

    private PromptTags() {}

    /** The text without such tags: what looks like one loses its bracket. */
    static String defuse(String text) {
        Matcher behind = BEHIND.matcher(text);
        return Brackets.edited(
                text,
                '<',
                ALIKE_BRACKETS,
                at ->
                        behind.region(at + 1, text.length()).lookingAt()
                                        && isName(behind.group("name"))
                                ? new Brackets.Edit(at, at + 1, "&lt;")
                                : null);
    }

    private static boolean isName(String text) {
        char first = text.charAt(0);
        if (first < 0x80 && INITIALS.indexOf(first) < 0) {
            return false;
        }
        String seen =
                UNSEEN.matcher(Normalizer.normalize(text, Normalizer.Form.NFKD)).replaceAll("");
        StringBuilder latin = new StringBuilder();
        seen.toLowerCase(Locale.ROOT)
                .chars()
                .forEach(c -> {
                    int alike = ALIKE.indexOf(c);
                    latin.append(alike < 0 ? (char) c : LATIN.charAt(alike));
                });
        return NAME.matcher(latin).lookingAt();
    }
}
