package dev.docent.markdown;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.representer.Representer;
import org.yaml.snakeyaml.resolver.Resolver;

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
        options.setAllowDuplicateKeys(false);
        DumperOptions out = new DumperOptions();
        Yaml yaml =
                new Yaml(
                        new SafeConstructor(options),
                        new Representer(out),
                        out,
                        options,
                        new CoreSchema());
        try {
            Object values = yaml.load(source.substring(start, end));
            return new FrontMatter(values instanceof Map<?, ?> map ? map : Map.of(), body, "");
        } catch (MarkedYAMLException e) {
            Mark mark = e.getProblemMark();
            String line = mark == null ? "" : " (line %d)".formatted(mark.getLine() + 2);
            return new FrontMatter(Map.of(), body, "its front matter is not YAML" + line);
        } catch (YAMLException e) {
            return new FrontMatter(Map.of(), body, "its front matter is not YAML");
        }
    }

    /** The types that YAML 1.2 and js-yaml see in plain words; in YAML 1.1, {@code yes} is true. */
    private static final class CoreSchema extends Resolver {
        private static final Pattern TRUTH = Pattern.compile("true|True|TRUE|false|False|FALSE");
        private static final Pattern WHOLE = Pattern.compile("[-+]?[0-9]+|0x[0-9a-fA-F]+");

        @Override
        protected void addImplicitResolvers() {
            addImplicitResolver(Tag.BOOL, TRUTH, "tTfF");
            addImplicitResolver(Tag.INT, WHOLE, "-+0123456789");
            addImplicitResolver(Tag.FLOAT, FLOAT, "-+0123456789.");
            addImplicitResolver(Tag.MERGE, MERGE, "<");
            addImplicitResolver(Tag.NULL, NULL, "~nN\0");
            addImplicitResolver(Tag.NULL, EMPTY, null);
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
}
