package dev.docent.site;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Which files of a folder are published, and how their names become addresses.
 *
 * @param include globs of what is published, as Docusaurus' {@code include}
 * @param exclude globs of what is not, as Docusaurus' {@code exclude}
 * @param numberPrefixes whether a number before a name is not a part of the address
 */
record PageRules(List<String> include, List<String> exclude, boolean numberPrefixes) {
    /** What Docusaurus includes by default. */
    static final List<String> INCLUDE = List.of("**/*.{md,mdx}");

    // Docusaurus' globUtils.ts, GlobExcludeDefault.
    static final List<String> EXCLUDE =
            List.of(
                    "**/_*.{js,jsx,ts,tsx,md,mdx}",
                    "**/_*/**",
                    "**/*.test.{js,jsx,ts,tsx}",
                    "**/__tests__/**");

    /** Docusaurus' defaults. */
    static final PageRules DEFAULT = new PageRules(INCLUDE, EXCLUDE, true);

    /** For a folder of which no Docusaurus is known: also files that only other tools write. */
    static final PageRules PLAIN =
            new PageRules(
                    List.of("**/*.{md,mdx,MD,MDX,Md,Mdx}", "**/llms-full.txt"), EXCLUDE, true);

    /** Includes may name other files, too, such as pages in JavaScript. */
    private static final Pattern PAGE = Pattern.compile("(?i).*\\.mdx?|(?:.*/)?llms-full\\.txt");

    PageRules {
        include = List.copyOf(include);
        exclude = List.copyOf(exclude);
    }

    /** What {@link #include} and {@link #exclude} say, as one pattern for each. */
    record Patterns(Pattern include, Pattern exclude) {
        /** Whether a file is published. */
        boolean publish(String relative) {
            return PAGE.matcher(relative).matches()
                    && include.matcher(relative).matches()
                    && !exclude.matcher(relative).matches();
        }
    }

    Patterns patterns() {
        List<String> not =
                include.stream()
                        .filter(glob -> glob.startsWith("!"))
                        .map(g -> g.substring(1))
                        .toList();
        List<String> wanted = include.stream().filter(glob -> !glob.startsWith("!")).toList();
        List<String> left = new ArrayList<>(exclude);
        left.addAll(not);
        return new Patterns(any(wanted, false), any(left, true));
    }

    private static Pattern any(List<String> globs, boolean dots) {
        // An empty alternative would match the empty path, which no file has.
        return Pattern.compile(
                globs.stream()
                        .map(glob -> regex(glob.replaceFirst("^\\./", ""), dots))
                        .reduce("", (a, b) -> a.isEmpty() ? b : a + "|" + b));
    }

    /**
     * A glob as micromatch reads it. Each star is bounded by slashes or possessive, so that no path
     * takes long.
     *
     * @param dots whether a wildcard may stand for a dot at the start of a name
     */
    private static String regex(String glob, boolean dots) {
        String name = dots ? "" : "(?!\\.)";
        StringBuilder out = new StringBuilder();
        int braces = 0;
        for (int i = 0; i < glob.length(); i++) {
            char c = glob.charAt(i);
            boolean start = i == 0 || glob.charAt(i - 1) == '/';
            switch (c) {
                case '*' -> {
                    if (glob.startsWith("**/", i) && start) {
                        out.append("(?:").append(name).append("[^/]+/)*");
                        i += 2;
                    } else if (glob.startsWith("**", i) && start && i + 2 == glob.length()) {
                        out.append("(?:").append(name).append("[^/]+(?:/|$))*");
                        i += 1;
                    } else {
                        out.append(start ? name : "").append("[^/]*");
                        i += glob.startsWith("**", i) ? 1 : 0;
                    }
                }
                case '?' -> out.append("[^/]");
                case '{' -> {
                    braces++;
                    out.append("(?:");
                }
                case '}' -> out.append(braces-- > 0 ? ")" : "\\}");
                case ',' -> out.append(braces > 0 ? "|" : ",");
                case '@', '+', '!' -> {
                    if (i + 1 < glob.length() && glob.charAt(i + 1) == '(') {
                        int end = glob.indexOf(')', i);
                        String inner = end < 0 ? "" : glob.substring(i + 2, end).replace("|", ",");
                        String any = regex("{" + inner + "}", true);
                        out.append(
                                c == '!'
                                        ? "(?!" + any + "(?:/|$))[^/]*"
                                        : c == '+' ? any + "+" : any);
                        i = end < 0 ? glob.length() : end;
                    } else {
                        out.append(Pattern.quote(String.valueOf(c)));
                    }
                }
                case '[' -> {
                    int end = glob.indexOf(']', i + 2);
                    if (end < 0) {
                        out.append("\\[");
                    } else {
                        String inside = glob.substring(i + 1, end).replace("\\", "\\\\");
                        out.append('[')
                                .append(inside.replaceFirst("^!", "^").replace("[", "\\["))
                                .append(']');
                        i = end;
                    }
                }
                default -> out.append(Pattern.quote(String.valueOf(c)));
            }
        }
        return out.append(")".repeat(Math.max(0, braces))).toString();
    }
}
