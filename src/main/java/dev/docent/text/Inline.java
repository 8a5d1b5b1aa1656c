package dev.docent.text;

import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What stands within a line of Markdown: links, code spans, emphasis, sentences. The repetitions in
 * the patterns are bounded or possessive, since a passage may hold anything and Java's patterns
 * take stack for a repeated group. Each pattern begins with the character that it is about, and is
 * not tried on text without it, so that plain text costs next to nothing.
 */
final class Inline {
    private static final Pattern CODE =
            Pattern.compile("(?=`)(?<!`)(`++)(.{1,1000}?)(?<!`)\\1(?!`)");
    private static final Pattern IMAGE = Pattern.compile("!\\[[^\\]]*+]\\([^()\\s]*+[^()]*+\\)");
    private static final Pattern LINK =
            Pattern.compile(
                    "\\[((?:[^\\[\\]`]++|`[^`]{0,300}+`){1,50}+)]"
                            + "(?:\\((?:[^()]++|\\([^()]*+\\)){0,20}+\\)|\\[[^\\[\\]]*+])");
    private static final Pattern AUTOLINK = Pattern.compile("<(https?://[^>\\s]+)>");
    private static final Pattern EMPHASIS =
            Pattern.compile(
                    "(?=[*_~])(?<![\\p{L}\\p{N}\\\\])(\\*{1,3}|_{1,3}|~~)(?=\\S)(.{1,500}?)(?<=\\S)\\1(?![\\p{L}\\p{N}])");
    private static final Pattern ESCAPE = Pattern.compile("\\\\(\\p{Punct})");

    /** What holds full stops that end no sentence. */
    private static final Pattern WHOLE =
            Pattern.compile("`(?<!``)`*+[^`]++`++|https?://\\S*[^\\s.,;:!?)]");

    /**
     * A full stop that ends no sentence. What must stand before it is looked for after it was
     * found: tried at every letter, these alternatives took a tenth of an answer's processor time.
     */
    private static final Pattern NO_END =
            Pattern.compile(
                    "\\.(?=\\s)(?:(?<=\\b(?i:e\\.g|i\\.e|vs|cf|viz|approx|resp|incl|esp|ca|fig|no|nr"
                            + "|dr|mr|mrs|st|bzw|usw|vgl|z\\.\\s?b|d\\.\\s?h|u\\.\\s?a|p\\.\\s?ex)\\.)"
                            + "|(?i:(?<=\\bz\\.)(?=\\sb\\.)|(?<=\\bd\\.)(?=\\sh\\.)|(?<=\\bu\\.)(?=\\sa\\.)"
                            + "|(?<=\\bp\\.)(?=\\sex\\.))"
                            + "|(?<=\\b(?i:etc)\\.)(?=\\s+[^\\p{Lu}\\s])"
                            + "|(?<=\\b\\p{Lu}\\.)(?=\\s+\\p{Lu})|(?<=\\.{3})(?=\\s+\\p{Ll}))",
                    Pattern.UNICODE_CHARACTER_CLASS);

    private Inline() {}

    /** Markdown whose links are their text, since their addresses hold only on their own page. */
    static String unlinked(String markdown) {
        String text = markdown;
        if (text.indexOf('[') >= 0) {
            text = IMAGE.matcher(text).replaceAll("");
            text = LINK.matcher(text).replaceAll("$1");
        }
        return replaced(text, "<", AUTOLINK, "$1").strip();
    }

    /** The text alone. */
    static String plain(String markdown) {
        if (markdown.indexOf('`') < 0) {
            return bare(markdown).strip();
        }
        StringBuilder plain = new StringBuilder();
        Matcher code = CODE.matcher(markdown);
        int done = 0;
        while (code.find()) {
            plain.append(bare(markdown.substring(done, code.start()))).append(code.group(2));
            done = code.end();
        }
        return plain.append(bare(markdown.substring(done))).toString().strip();
    }

    /** The sentences of a paragraph, in any language that ends them with a mark. */
    static List<String> sentences(String paragraph) {
        BreakIterator breaks = BreakIterator.getSentenceInstance(Locale.ROOT);
        String whole = paragraph;
        if (whole.indexOf('`') >= 0 || whole.contains("://")) {
            whole = WHOLE.matcher(whole).replaceAll(match -> "x".repeat(match.group().length()));
        }
        breaks.setText(replaced(whole, ".", NO_END, "x"));
        List<String> sentences = new ArrayList<>();
        int start = breaks.first();
        for (int end = breaks.next(); end != BreakIterator.DONE; end = breaks.next()) {
            String sentence = paragraph.substring(start, end).strip();
            if (!sentence.isEmpty()) {
                sentences.add(sentence);
            }
            start = end;
        }
        return sentences;
    }

    private static String bare(String markdown) {
        String text = replaced(markdown, "*_~", EMPHASIS, "$2");
        text = replaced(text, "*_~", EMPHASIS, "$2");
        return replaced(text, "\\", ESCAPE, "$1");
    }

    /**
     * @param needed the characters of which a match has at least one
     */
    private static String replaced(
            String text, String needed, Pattern pattern, String replacement) {
        return needed.chars().anyMatch(c -> text.indexOf(c) >= 0)
                ? pattern.matcher(text).replaceAll(replacement)
                : text;
    }
}
