package dev.docent.config;

import dev.docent.failure.Diagnosis;
import io.helidon.common.media.type.MediaTypes;
import io.helidon.config.spi.ConfigNode;
import io.helidon.config.spi.ConfigParser.Content;
import io.helidon.config.spi.ConfigParserException;
import io.helidon.config.yaml.YamlConfigParser;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads YAML with only Helidon's parser: a whole {@code Config} would look for services and
 * sources, and take several times as long.
 */
public final class YamlFile {
    /** The line number in a message of snakeyaml, whose other parts may repeat secrets. */
    private static final Pattern LINE = Pattern.compile("line (\\d+)");

    /** A duplicate key in a log message of snakeyaml, which does not report it as an error. */
    private static final Pattern TWICE =
            Pattern.compile("duplicate keys found : ([a-z0-9.-]{1,60})");

    private YamlFile() {}

    /** A file that is part of the program, which is expected to be right. */
    public static ConfigNode.ObjectNode resource(Class<?> neighbour, String name) {
        try (InputStream in = neighbour.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("the program lacks its resource " + name);
            }
            return parse(in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * The values of an owner's file by their dotted keys; a list is joined by commas.
     *
     * @param variable what the owner may name the file with
     * @param problems gets a file that cannot be read, or is no YAML
     */
    static Map<String, String> flat(Path file, String variable, Problems problems) {
        List<String> twice = new ArrayList<>();
        Handler handler = new DuplicateKeys(twice);
        Logger snakeyaml = Logger.getLogger("org.yaml.snakeyaml");
        snakeyaml.setUseParentHandlers(false);
        snakeyaml.setLevel(Level.WARNING); // whatever the log's own level is
        snakeyaml.addHandler(handler);
        try {
            Map<String, String> values = flat(parse(Files.readAllBytes(file)));
            twice.forEach(key ->
                    problems.problem(
                            Diagnosis.KEY_TWICE,
                            key + " stands twice in " + file + ".",
                            "Keep one; what belongs together stands under one key, indented."));
            return values;
        } catch (IOException e) {
            // Not its name: a key may have been pasted in the place of one.
            problems.problem(
                    Diagnosis.FILE_UNREADABLE,
                    variable + " names a file that cannot be read.",
                    "Name a YAML file, and check that it exists and is readable.");
        } catch (ConfigParserException | IllegalArgumentException e) {
            problems.problem(
                    Diagnosis.FILE_MALFORMED,
                    file + " is not YAML that can be read" + line(e) + ".",
                    "Write keys as in the README's configuration reference, indented by blanks.");
        } finally {
            snakeyaml.removeHandler(handler);
        }
        return Map.of();
    }

    /** The values of a tree by their dotted keys; Helidon keeps no order. */
    static Map<String, String> flat(ConfigNode.ObjectNode root) {
        Map<String, String> values = new TreeMap<>();
        collect("", root, values);
        return values;
    }

    private static void collect(String key, ConfigNode node, Map<String, String> values) {
        switch (node.nodeType()) {
            case OBJECT ->
                    ((ConfigNode.ObjectNode) node)
                            .forEach((name, child) ->
                                    collect(
                                            key.isEmpty() ? name : key + "." + name,
                                            child,
                                            values));
            case LIST -> values.put(key, String.join(", ", texts((ConfigNode.ListNode) node)));
            case VALUE -> values.put(key, node.value().orElse(""));
        }
    }

    private static List<String> texts(ConfigNode.ListNode list) {
        List<String> texts = new ArrayList<>();
        list.forEach(item -> texts.add(item.value().orElse("")));
        return texts;
    }

    private static ConfigNode.ObjectNode parse(byte[] yaml) {
        try {
            return YamlConfigParser.create()
                    .parse(
                            Content.create(
                                    new ByteArrayInputStream(yaml),
                                    MediaTypes.APPLICATION_X_YAML,
                                    Optional.empty()));
        } catch (ClassCastException e) {
            throw new IllegalArgumentException("the document is no mapping", e);
        }
    }

    /** Hears which keys stand twice. */
    private static final class DuplicateKeys extends Handler {
        private final List<String> keys;

        DuplicateKeys(List<String> keys) {
            this.keys = keys;
        }

        @Override
        public void publish(LogRecord entry) {
            Matcher matcher = TWICE.matcher(String.valueOf(entry.getMessage()));
            keys.add(matcher.find() ? matcher.group(1) : "A key");
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }

    private static String line(RuntimeException e) {
        Matcher matcher = LINE.matcher(String.valueOf(e.getMessage()));
        return matcher.find() ? " (line " + matcher.group(1) + ")" : "";
    }
}
