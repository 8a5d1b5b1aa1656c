package dev.docent.markdown;

import java.util.Map;
import java.util.Optional;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;

/**
 * The front matter of a page: the YAML between two lines of {@code ---} at its top.
 *
 * @param values the keys as YAML gives them
 * @param body the page without its front matter
 * @param problem why it could not be read, empty if it could
 */
public record FrontMatter(Map<?, ?> values, String body, String problem) {
    private static final int LIMIT = 64 * 1024;

    /** Splits a page. Front matter that is not valid YAML is left out of the body, too. */
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

    /** A value as text; empty if the key is missing or its value is a list or a map. */
    public Optional<String> text(String key) {
        Object value = values.get(key);
        return value instanceof String || value instanceof Number || value instanceof Boolean
                ? Optional.of(value.toString().strip())
                : Optional.empty();
    }

    /** Whether a key has the value {@code true}, which Docusaurus also takes as a string. */
    public boolean flag(String key) {
        return "true".equalsIgnoreCase(String.valueOf(values.get(key)));
    }
}
