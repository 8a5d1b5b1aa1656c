package dev.docent.site;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The string and boolean literals of a {@code docusaurus.config.*}, found by reading it as text,
 * because it is a program, and foreign programs are not run. A computed value is not found.
 */
final class ConfigScan {
    private final String source;
    private final Map<String, String> values = new HashMap<>();
    private final List<String> path = new ArrayList<>();
    private final List<Integer> elements = new ArrayList<>();
    private int at;
    private String key = "";
    private String word = "";

    private ConfigScan(String source) {
        this.source = source;
    }

    /** Reads a configuration. */
    static ConfigScan of(String source) {
        ConfigScan scan = new ConfigScan(source);
        scan.run();
        return scan;
    }

    /** Value of a key at the top level, such as {@code url}. */
    Optional<String> top(String name) {
        return Optional.ofNullable(values.get(name));
    }

    /** Value of a nested key at any depth, such as {@code docs.routeBasePath}. */
    Optional<String> anywhere(String suffix) {
        return values.entrySet().stream()
                .filter(e -> e.getKey().equals(suffix) || e.getKey().endsWith("." + suffix))
                .min(Map.Entry.comparingByKey())
                .map(Map.Entry::getValue);
    }

    /** Values of a list at any depth, in order; empty if there is none or it is computed. */
    List<String> list(String suffix) {
        List<String> list = new ArrayList<>();
        for (Optional<String> value = anywhere(suffix + ".0");
                value.isPresent();
                value = anywhere(suffix + "." + list.size())) {
            list.add(value.get());
        }
        return list.contains("...") ? List.of() : list;
    }

    /**
     * Where the options of each plug-in with this name are: {@code plugins.0.1} for {@code plugins:
     * [['content-docs', {…}]]}.
     */
    List<String> plugins(String name) {
        return values.entrySet().stream()
                .filter(e -> e.getKey().startsWith("plugins.") || e.getKey().contains(".plugins."))
                .filter(e -> e.getKey().endsWith(".0"))
                .filter(e ->
                        e.getValue().matches("(?:@docusaurus/)?(?:plugin-)?\\Q" + name + "\\E"))
                .map(e -> e.getKey().substring(0, e.getKey().length() - 1) + "1")
                .sorted()
                .toList();
    }

    private void run() {
        while (at < source.length()) {
            char c = source.charAt(at);
            if (source.startsWith("//", at)) {
                at = end("\n");
            } else if (source.startsWith("/*", at)) {
                at = end("*/");
            } else if (c == '"' || c == '\'' || c == '`') {
                string(c);
            } else if (Character.isJavaIdentifierStart(c)) {
                identifier();
            } else {
                punctuation(c);
                at++;
            }
        }
    }

    private int end(String mark) {
        int found = source.indexOf(mark, at + 2);
        return found < 0 ? source.length() : found + mark.length();
    }

    private void string(char quote) {
        int start = ++at;
        while (at < source.length() && source.charAt(at) != quote) {
            at += source.charAt(at) == '\\' ? 2 : 1;
        }
        String text = source.substring(start, Math.min(at, source.length()));
        at++;
        literal(text);
        word = text;
    }

    private void identifier() {
        int start = at;
        while (at < source.length() && Character.isJavaIdentifierPart(source.charAt(at))) {
            at++;
        }
        word = source.substring(start, at);
        if (word.equals("true") || word.equals("false")) {
            literal(word);
        }
    }

    private void punctuation(char c) {
        switch (c) {
            case ':' -> {
                key = word;
                word = "";
            }
            case '{', '[', '(' -> {
                path.add(!key.isEmpty() ? key : inArray() ? element() : "");
                elements.add(c == '[' ? 0 : -1);
                key = "";
            }
            case '}', ']', ')' -> {
                if (!path.isEmpty()) {
                    path.removeLast();
                    elements.removeLast();
                }
                key = "";
            }
            case ',' -> {
                if (inArray()) {
                    elements.set(elements.size() - 1, elements.getLast() + 1);
                }
                key = "";
                word = "";
            }
            case ';', '=' -> key = "";
            // The value after a condition depends on running the program.
            case '?' -> key = single('?') ? "" : key;
            case '.' -> {
                if (source.startsWith("...", at) && inArray()) {
                    literal("...");
                }
            }
            default -> {}
        }
    }

    /** Whether this is the operator of a condition rather than {@code ??} or {@code ?.}. */
    private boolean single(char c) {
        char next = at + 1 < source.length() ? source.charAt(at + 1) : ' ';
        return next != c && next != '.' && (at == 0 || source.charAt(at - 1) != c);
    }

    private boolean inArray() {
        return !elements.isEmpty() && elements.getLast() >= 0;
    }

    private String element() {
        return inArray() ? String.valueOf(elements.getLast()) : "";
    }

    private void literal(String text) {
        String last = !key.isEmpty() ? key : inArray() ? element() : "";
        if (last.isEmpty()) {
            return;
        }
        StringBuilder name = new StringBuilder();
        path.stream().filter(part -> !part.isEmpty()).forEach(p -> name.append(p).append('.'));
        values.putIfAbsent(name + last, text);
    }
}
