package dev.docent.markdown;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Removes the JavaScript from an MDX page: imports and exports at the start of a line, outside of
 * code. Their lines stay as empty lines, so that nothing else moves. A tag or brace that never ends
 * would take the rest of the page with it, so it is escaped.
 *
 * @param text the page without them
 * @param imports the module of each default import, by the imported name
 * @param unclosed the lines of what never ends, from 1
 */
public record ModuleLines(String text, Map<String, String> imports, List<Integer> unclosed) {
    private static final Pattern IMPORT =
            Pattern.compile(
                    "^import\\s+(?:(?:type\\s+)?[\\w$*{][^;]*\\sfrom\\s*)?[\"']([^\"']+)[\"']\\s*;?\\s*(?://.*)?$");
    private static final Pattern BETWEEN = Pattern.compile(";\\s*(?=import\\s)");
    private static final Pattern ESCAPE = Pattern.compile("\\\\(.)");
    private static final Pattern DEFAULT_NAME =
            Pattern.compile("^import\\s+([A-Za-z_$][\\w$]*)(?=[\\s,])");
    private static final Pattern IMPORT_OPENING = Pattern.compile("^import\\s*\\{[^}]*$");
    private static final Pattern EXPORT =
            Pattern.compile(
                    "^export\\s+(?:default|const|let|var|function|async|class|type|interface|enum|\\{|\\*).*");
    private static final Pattern FENCE =
            Pattern.compile("^[\\s>]*(?:[-*+]\\s+|\\d+[.)]\\s+)?(`{3,}|~{3,})(.*)$");
    private static final int MAX_PATTERN_LINE = 2000;
    private static final int MAX_LINES = 2000;

    /**
     * After so many constructs that never end, a page is hostile, and what follows is not scanned.
     */
    private static final int MAX_UNCLOSED = 8;

    /** The most lines of one import: a formatter that takes imports for prose wraps them. */
    private static final int MAX_WRAPPED = 6;

    public static ModuleLines of(String source) {
        Map<String, String> imports = new HashMap<>();
        StringBuilder text = new StringBuilder(source.length());
        String fence = "";
        List<Integer> unclosed = new ArrayList<>();
        List<String> lines = source.lines().toList();
        for (int at = 0; at < lines.size(); at++) {
            String line = lines.get(at);
            String next = fence(line, fence);
            boolean inCode = !fence.isEmpty() || !next.isEmpty();
            fence = next;
            if (inCode) {
                text.append(line).append('\n');
                continue;
            }
            boolean shortLine = line.length() < MAX_PATTERN_LINE;
            String imported = shortLine ? imported(lines, at) : "";
            int last = imported.isEmpty() && statement(line) ? end(lines, at, unclosed) : -1;
            if (!imported.isEmpty()) {
                statements(imported).forEach(statement -> remember(statement, imports));
                int more = (int) imported.chars().filter(c -> c == '\n').count();
                text.append("\n".repeat(1 + more));
                at += more;
            } else if (last >= 0) {
                remember(String.join(" ", lines.subList(at, last + 1)), imports);
                text.append("\n".repeat(last - at + 1));
                at = last;
            } else {
                at = text(lines, at, text, unclosed);
            }
        }
        return new ModuleLines(text.toString(), imports, unclosed);
    }

    private static boolean statement(String line) {
        // A bound, because the patterns would be slow on a line of a megabyte.
        String start = line.substring(0, Math.min(line.length(), MAX_PATTERN_LINE));
        return (start.startsWith("import") && IMPORT_OPENING.matcher(start).matches())
                || (start.startsWith("export") && EXPORT.matcher(start).matches());
    }

    /** The last line of a statement; -1 if it never ends, so it is text. */
    private static int end(List<String> lines, int from, List<Integer> unclosed) {
        JsxScanner scan = JsxScanner.statement();
        boolean listed = lines.get(from).startsWith("import");
        for (int at = from; at < Math.min(lines.size(), from + MAX_LINES); at++) {
            feed(scan, lines.get(at), 0);
            boolean blank = at + 1 == lines.size() || lines.get(at + 1).isBlank();
            if (scan.settled() && (listed || blank)) {
                return at;
            }
            if (unclosed.size() >= MAX_UNCLOSED) {
                return -1;
            }
        }
        unclosed.add(from + 1);
        return -1;
    }

    /** Takes the rest of a line with its end; where in the line the scan ended, or its length. */
    private static int feed(JsxScanner scan, String line, int from) {
        int at = from;
        while (at < line.length() && scan.status() == JsxScanner.Status.OPEN) {
            scan.feed(line.charAt(at++));
        }
        if (scan.status() == JsxScanner.Status.OPEN) {
            scan.feed('\n');
        }
        return at;
    }

    /**
     * Appends a line, and those after it that a tag or expression in it spans: what looks like a
     * statement there is a part of it.
     *
     * @return the last of these lines
     */
    private static int text(
            List<String> lines, int from, StringBuilder text, List<Integer> unclosed) {
        int at = from;
        String line = lines.get(from);
        int start = blanks(line, 0);
        while (start < line.length()
                && (line.charAt(start) == '<' || line.charAt(start) == '{')
                && unclosed.size() < MAX_UNCLOSED) {
            JsxScanner scan = new JsxScanner();
            int last = at;
            int end = feed(scan, line, start);
            while (scan.status() == JsxScanner.Status.OPEN
                    && last + 1 < Math.min(lines.size(), from + MAX_LINES)) {
                end = feed(scan, lines.get(++last), 0);
            }
            if (scan.status() == JsxScanner.Status.OPEN) {
                unclosed.add(at + 1);
                text.append(line, 0, start).append('\\').append(line.substring(start));
                text.append('\n');
                return at;
            }
            if (scan.status() == JsxScanner.Status.FAILED) {
                break;
            }
            while (at < last) {
                text.append(lines.get(at++)).append('\n');
            }
            line = lines.get(at);
            start = blanks(line, end);
        }
        text.append(line).append('\n');
        return at;
    }

    private static int blanks(String line, int from) {
        int at = from;
        while (at < line.length() && (line.charAt(at) == ' ' || line.charAt(at) == '\t')) {
            at++;
        }
        return at;
    }

    /** Whether the page imports components, which only MDX can show. */
    public boolean usesComponents() {
        return imports.entrySet().stream()
                .anyMatch(i ->
                        i.getValue().startsWith("@theme/")
                                || i.getValue().startsWith("@site/")
                                || text.contains("<" + i.getKey()));
    }

    /** The imports that start at a line, joined; empty if none starts there. */
    private static String imported(List<String> lines, int from) {
        StringBuilder joined = new StringBuilder();
        int end = lines.get(from).startsWith("import") ? from + MAX_WRAPPED : from;
        for (int at = from; at < Math.min(end, lines.size()) && !lines.get(at).isBlank(); at++) {
            joined.append(at == from ? "" : "\n").append(lines.get(at));
            if (joined.length() > MAX_PATTERN_LINE) {
                break;
            }
            if (statements(joined).stream().allMatch(s -> IMPORT.matcher(s).matches())) {
                return joined.toString();
            }
        }
        return "";
    }

    private static List<String> statements(CharSequence imports) {
        return List.of(BETWEEN.split(imports));
    }

    private static String fence(String line, String open) {
        if ((!line.contains("```") && !line.contains("~~~")) || line.length() > MAX_PATTERN_LINE) {
            return open;
        }
        Matcher fence = FENCE.matcher(line);
        if (!fence.matches()) {
            return open;
        }
        String marks = fence.group(1);
        if (open.isEmpty()) {
            return marks.startsWith("`") && fence.group(2).contains("`") ? "" : marks;
        }
        boolean closes = marks.startsWith(open) && fence.group(2).isBlank();
        return closes ? "" : open;
    }

    private static void remember(String statement, Map<String, String> imports) {
        Matcher module = IMPORT.matcher(statement);
        Matcher name = DEFAULT_NAME.matcher(statement);
        if (module.matches() && name.find()) {
            imports.put(name.group(1), ESCAPE.matcher(module.group(1)).replaceAll("$1"));
        }
    }
}
