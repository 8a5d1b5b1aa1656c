package dev.docent.site;

import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The number that orders a file or folder in a sidebar and is no part of its address. Source:
 * Docusaurus' {@code numberPrefix.ts}, whose exceptions for dates and versions are the first
 * pattern.
 */
final class NumberPrefix {
    private static final Pattern NONE =
            Pattern.compile(
                    "^(?:(?:\\d{2}|\\d{4})[-_.]\\d{2}(?:[-_.](?:\\d{2}|\\d{4}))?|\\d+[-_.]\\d+).*");
    private static final Pattern PREFIX = Pattern.compile("^\\d+\\s*[-_.]+\\s*(.*)$");

    private NumberPrefix() {}

    static String strip(String name) {
        Matcher prefix = PREFIX.matcher(name);
        return !NONE.matcher(name).matches() && prefix.matches() ? prefix.group(1) : name;
    }

    /** Each segment of a path with slashes stripped. */
    static String stripPath(String path) {
        return Arrays.stream(path.split("/", -1))
                .map(NumberPrefix::strip)
                .collect(Collectors.joining("/"));
    }
}
