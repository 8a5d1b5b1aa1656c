package dev.docent.markdown;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What Docusaurus adds to a fenced code block: a title, settings, and comments that highlight
 * lines.
 */
final class CodeText {
    private static final Pattern TITLE = Pattern.compile("\\btitle=(?:\"([^\"]*)\"|'([^']*)')");
    private static final Pattern LANGUAGE = Pattern.compile("^[^\\s{\"=]+(?=$|[\\s{])");
    private static final Pattern MAGIC =
            Pattern.compile(
                    "^\\s*(?://|#|--|%|;|<!--|/\\*|\\{\\s*/\\*)\\s*(?:highlight|error|this-will-error)-(?:next-line|start|end)\\s*(?:-->|\\*/\\s*}?)?\\s*$");
    private static final int MAX_MAGIC_LINE = 120;

    private CodeText() {}

    /** The language that a fence names, empty where it names none. */
    static String language(String info) {
        Matcher language = LANGUAGE.matcher(info.strip());
        return language.find() ? language.group() : "";
    }

    /** The title that a fence names, empty where it names none. */
    static String title(String info) {
        Matcher title = TITLE.matcher(info);
        if (!title.find()) {
            return "";
        }
        return title.group(1) != null ? title.group(1).strip() : title.group(2).strip();
    }

    /** The lines of code without the comments that only highlight others. */
    static List<String> lines(String literal) {
        return literal.stripTrailing()
                .lines()
                .filter(line -> line.length() > MAX_MAGIC_LINE || !MAGIC.matcher(line).matches())
                .toList();
    }
}
