package dev.docent.config;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The reference of all settings: the packaged {@code application.yaml}, in which every value is
 * written <code>${VARIABLE:default}</code>. Immutable.
 */
public final class Reference {
    private static final Pattern PLACEHOLDER =
            Pattern.compile("\\$\\{([A-Z][A-Z0-9_]*):(.*)}", Pattern.DOTALL);

    private final Map<String, SettingSpec> settings = new TreeMap<>();

    private Reference(Map<String, String> values) {
        values.forEach((key, value) ->
                settings.put(
                        key,
                        placeholder(key, value)
                                .orElseThrow(() ->
                                        new IllegalStateException(key + " names no variable"))));
    }

    /** Reads the packaged file. */
    public static Reference load() {
        return new Reference(YamlFile.flat(YamlFile.resource(Reference.class, "application.yaml")));
    }

    /** A value of the form <code>${VARIABLE:default}</code> taken apart; empty for any other. */
    static Optional<SettingSpec> placeholder(String key, String value) {
        Matcher matcher = PLACEHOLDER.matcher(value);
        return matcher.matches()
                ? Optional.of(new SettingSpec(key, matcher.group(1), matcher.group(2)))
                : Optional.empty();
    }

    /** All settings, by their keys in alphabetical order. */
    public List<SettingSpec> settings() {
        return List.copyOf(settings.values());
    }

    /** The variables of all settings. */
    public List<String> variables() {
        return settings.values().stream().map(SettingSpec::variable).toList();
    }

    /** The setting of a key that the program uses, which must exist. */
    SettingSpec setting(String key) {
        SettingSpec setting = settings.get(key);
        if (setting == null) {
            throw new IllegalArgumentException("application.yaml has no " + key);
        }
        return setting;
    }

    /**
     * The key that was probably meant by an unknown one: that of a variable with this name, the
     * only one with this beginning or end, otherwise the nearest.
     */
    Optional<String> near(String written) {
        List<String> parts =
                settings.keySet().stream()
                        .filter(key -> key.endsWith("." + written) || key.startsWith(written + "-"))
                        .toList();
        return settings.values().stream()
                .filter(setting -> setting.variable().equals(written))
                .map(SettingSpec::key)
                .findFirst()
                .or(() -> Optional.of(parts).filter(all -> all.size() == 1).map(List::getFirst))
                .or(() -> Suggestion.nearest(written, settings.keySet()));
    }

    /** Whether there is such a key. */
    boolean has(String key) {
        return settings.containsKey(key);
    }
}
