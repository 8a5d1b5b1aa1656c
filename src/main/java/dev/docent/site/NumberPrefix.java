package dev.docent.site;

import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The number at the start of a file or folder name that orders the sidebar and is not part of the
 * address. Source: Docusaurus' {@code numberPrefix.ts}, whose exceptions for dates and versions are
 * the first pattern.
 */
final class NumberPrefix {
    private static final Pattern NONE = Pattern.compile("^\\d+[-_.]\\d+.*");
    private static final Pattern PREFIX = Pattern.compile("^\\d+\\s*[-_.]+\\s*([^-_.\\s].*)$");

    private NumberPrefix() {}

    static String strip(String name) {
        Matcher prefix = PREFIX.matcher(name);
        return !NONE.matcher(name).matches() && prefix.matches() ? prefix.group(1) : name;
    }

    /** Strips each segment of a path. */
    static String stripPath(String path) {
        return Arrays.stream(path.split("/", -1))
                .map(NumberPrefix::strip)
                .collect(Collectors.joining("/"));
    }
}
