package dev.docent.validation;

import dev.docent.config.Environment;
import dev.docent.config.RetiredModel;
import dev.docent.config.YamlFile;
import io.helidon.config.spi.ConfigNode;
import io.helidon.config.spi.ConfigNode.ListNode;
import io.helidon.config.spi.ConfigNode.ObjectNode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** {@code config/secrets.yaml} as data. Immutable. */
record Rules(
        String spaceVariable,
        List<Rule> rules,
        List<ValueShape> shapes,
        Pattern placeholders,
        Pattern placeholderWords,
        Pattern placeholderHosts,
        List<String> tlsHosts,
        List<String> sharedHosts,
        List<RetiredModel> retiredModels,
        Map<String, String> levels) {

    /** Reads the packaged file. */
    static Rules load() {
        ObjectNode root = YamlFile.resource(Environment.class, "secrets.yaml");
        return new Rules(
                text(root, "space-variable"),
                objects(root, "rules").stream().map(Rules::rule).toList(),
                objects(root, "shapes").stream().map(Rules::shape).toList(),
                anyOf(texts(root, "placeholders")),
                anyOf(texts(root, "placeholder-words")),
                anyOf(texts(root, "placeholder-hosts")),
                texts(root, "tls-hosts"),
                texts(root, "shared-hosts"),
                objects(root, "retired-models").stream().map(Rules::retired).toList(),
                map(root, "levels"));
    }

    /** The known form that a value has; empty if it has none. */
    Optional<ValueShape> shape(String value) {
        return shapes.stream()
                .filter(shape -> shape.pattern().matcher(value).matches())
                .findFirst();
    }

    /** Whether a host accepts only TLS. */
    boolean onlyTls(String host) {
        return tlsHosts.stream().anyMatch(suffix -> under(host, suffix));
    }

    /** The domain under which anybody may register a host of this name; empty if there is none. */
    Optional<String> shared(String host) {
        return sharedHosts.stream().filter(suffix -> under(host, suffix)).findFirst();
    }

    private static boolean under(String host, String suffix) {
        return host.equals(suffix) || host.endsWith("." + suffix);
    }

    private static Rule rule(ObjectNode node) {
        return new Rule(
                text(node, "variable"),
                Kind.valueOf(text(node, "kind").toUpperCase(Locale.ROOT).replace('-', '_')),
                texts(node, "used-when"),
                texts(node, "required-when"),
                text(node, "unless-private"),
                text(node, "get"),
                text(node, "example"),
                texts(node, "also-written"),
                texts(node, "ignored-paths"),
                objects(node, "not").stream()
                        .map(not -> new Rule.Not(starred(text(not, "value")), text(not, "because")))
                        .toList());
    }

    private static ValueShape shape(ObjectNode node) {
        return new ValueShape(
                pattern(text(node, "pattern")),
                text(node, "is"),
                text(node, "belongs-in"),
                text(node, "address").equals("true"));
    }

    private static RetiredModel retired(ObjectNode node) {
        String label = text(node, "name");
        return new RetiredModel(
                label,
                starred(label),
                LocalDate.parse(text(node, "ends")),
                text(node, "successor"),
                text(node, "remark"));
    }

    /** A text in which a star stands for anything. */
    private static Pattern starred(String text) {
        return pattern(
                List.of(text.split("\\*", -1)).stream()
                        .map(Pattern::quote)
                        .collect(Collectors.joining(".*")));
    }

    private static Pattern anyOf(List<String> patterns) {
        return pattern("(?:" + String.join("|", patterns) + ")");
    }

    private static Pattern pattern(String text) {
        return Pattern.compile(text, Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
    }

    private static String text(ObjectNode node, String name) {
        return Optional.ofNullable(node.get(name)).flatMap(ConfigNode::value).orElse("");
    }

    private static List<String> texts(ObjectNode node, String name) {
        List<String> texts = new ArrayList<>();
        if (node.get(name) instanceof ListNode list) {
            list.forEach(item -> texts.add(item.value().orElse("")));
        }
        return List.copyOf(texts);
    }

    private static List<ObjectNode> objects(ObjectNode node, String name) {
        List<ObjectNode> objects = new ArrayList<>();
        if (node.get(name) instanceof ListNode list) {
            list.forEach(item -> objects.add((ObjectNode) item));
        }
        return objects;
    }

    private static Map<String, String> map(ObjectNode node, String name) {
        Map<String, String> map = new LinkedHashMap<>();
        if (node.get(name) instanceof ObjectNode object) {
            object.forEach((key, value) -> map.put(key, value.value().orElse("")));
        }
        return map;
    }
}
