package dev.docent.markdown;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Removes the JavaScript from an MDX page: imports and exports at the start of a line, outside of
 * code. Their lines stay as empty lines, so that nothing else moves.
 *
 * @param text the page without them
 * @param imports the module of each default import, by the imported name
 */
public record ModuleLines(String text, Map<String, String> imports) {
    private static final Pattern IMPORT =
            Pattern.compile(
                    "^import\\s+(?:(?:type\\s+)?[\\w$*{][^;]*\\sfrom\\s*)?[\"']([^\"']+)[\"']\\s*;?\\s*(?://.*)?$");
    private static final Pattern BETWEEN = Pattern.compile(";\\s*(?=import\\s)");
    private static final Pattern ESCAPE = Pattern.compile("\\\\(.)");
    private static final Pattern DEFAULT_NAME = Pattern.compile("^import\\s+([A-Z][\\w$]*)\\b");
    private static final Pattern IMPORT_OPENING = Pattern.compile("^import\\s*\\{[^}]*$");
    private static final Pattern EXPORT =
            Pattern.compile(
                    "^export\\s+(?:default|const|let|var|function|async|class|type|interface|enum|\\{|\\*).*");
    private static final Pattern FENCE =
            Pattern.compile("^[\\s>]*(?:[-*+]\\s+|\\d+[.)]\\s+)?(`{3,}|~{3,})(.*)$");
    private static final int MAX_PATTERN_LINE = 2000;
    private static final int MAX_STATEMENT = 20_000;

    /** The most lines of one import: a formatter that takes imports for prose wraps them. */
    private static final int MAX_WRAPPED = 6;

    public static ModuleLines of(String source) {
        Map<String, String> imports = new HashMap<>();
        StringBuilder text = new StringBuilder(source.length());
        String fence = "";
        StringBuilder module = new StringBuilder();
        int braces = 0;
        List<String> lines = source.lines().toList();
        for (int at = 0; at < lines.size(); at++) {
            String line = lines.get(at);
            if (!module.isEmpty()) {
                braces += balance(line);
                module.append('\n').append(line);
                boolean ends =
                        module.charAt(0) == 'i' ? braces <= 0 : line.isBlank() && braces <= 0;
                if (ends || module.length() > MAX_STATEMENT) {
                    remember(module.toString().replace('\n', ' '), imports);
                    module.setLength(0);
                }
                text.append('\n');
                continue;
            }
            String next = fence(line, fence);
            boolean inCode = !fence.isEmpty() || !next.isEmpty();
            fence = next;
            boolean shortLine = line.length() < MAX_PATTERN_LINE && !inCode;
            String imported = shortLine ? imported(lines, at) : "";
            if (!imported.isEmpty()) {
                statements(imported).forEach(statement -> remember(statement, imports));
                int more = (int) imported.chars().filter(c -> c == '\n').count();
                text.append("\n".repeat(1 + more));
                at += more;
            } else if (shortLine
                    && (IMPORT_OPENING.matcher(line).matches() || EXPORT.matcher(line).matches())) {
                module.append(line);
                braces = balance(line);
                text.append('\n');
            } else {
                text.append(line).append('\n');
            }
        }
        return new ModuleLines(text.toString(), imports);
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

    private static int balance(String line) {
        int balance = 0;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            balance += c == '{' ? 1 : c == '}' ? -1 : 0;
        }
        return balance;
    }

    private static void remember(String statement, Map<String, String> imports) {
        Matcher module = IMPORT.matcher(statement);
        Matcher name = DEFAULT_NAME.matcher(statement);
        if (module.matches() && name.find()) {
            imports.put(name.group(1), ESCAPE.matcher(module.group(1)).replaceAll("$1"));
        }
    }
}
