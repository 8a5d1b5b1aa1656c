package dev.docent.markdown;

import java.util.Map;
import java.util.Optional;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;

/**
 * What stands between the two lines {@code ---} at the head of a page.
 *
 * @param values the keys as YAML gives them
 * @param body the page without it
 * @param problem why it could not be read, empty if it could
 */
public record FrontMatter(Map<?, ?> values, String body, String problem) {
    private static final int LIMIT = 64 * 1024;

    /** Reads the head of a page; one that is no YAML is left out of the body all the same. */
    public static FrontMatter of(String source) {
        if (!source.startsWith("---")) {
            return new FrontMatter(Map.of(), source, "");
        }
        int start = source.indexOf('\n') + 1;
        int end = start == 0 || !source.substring(3, start).isBlank() ? -1 : closing(source, start);
        if (end < 0 || end - start > LIMIT) {
            return new FrontMatter(Map.of(), source, "");
        }
        int next = source.indexOf('\n', end);
        String body = next < 0 ? "" : source.substring(next + 1);
        LoaderOptions options = new LoaderOptions();
        options.setMaxAliasesForCollections(20);
        options.setNestingDepthLimit(20);
        try {
            Object values =
                    new Yaml(new SafeConstructor(options)).load(source.substring(start, end));
            return new FrontMatter(values instanceof Map<?, ?> map ? map : Map.of(), body, "");
        } catch (YAMLException e) {
            return new FrontMatter(Map.of(), body, "its front matter is not YAML");
        }
    }

    private static int closing(String source, int from) {
        int line = from;
        while (line >= 0 && line < source.length()) {
            int end = source.indexOf('\n', line);
            String text = source.substring(line, end < 0 ? source.length() : end);
            if (text.stripTrailing().equals("---")) {
                return line;
            }
            line = end < 0 ? -1 : end + 1;
        }
        return -1;
    }

    /** A value as text; empty where it is not given or not a single value. */
    public Optional<String> text(String key) {
        Object value = values.get(key);
        return value instanceof String || value instanceof Number || value instanceof Boolean
                ? Optional.of(value.toString().strip())
                : Optional.empty();
    }

    /** Whether a key is there and true. */
    public boolean flag(String key) {
        return Boolean.TRUE.equals(values.get(key));
    }
}
