package dev.docent.site;

import dev.docent.script.Scripts;
import dev.docent.script.Value;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The {@code docusaurus.config.*} of a site, which is a program that is read without running it.
 * What cannot be evaluated is a warning that says where it stands and what to say instead, and only
 * that option keeps its default. Not thread-safe.
 */
final class SiteConfig {
    // In Docusaurus' order: docusaurus/src/server/config.ts, findConfig.
    private static final List<String> NAMES =
            Stream.of("ts", "mts", "cts", "js", "mjs", "cjs")
                    .map(end -> "docusaurus.config." + end)
                    .toList();

    private static final String LITERALLY = "write it there as a literal";

    private final Value root;
    private final @Nullable Scripts scripts;
    private final Set<String> warnings = new LinkedHashSet<>();

    private SiteConfig(Value root, @Nullable Scripts scripts) {
        this.root = root;
        this.scripts = scripts;
    }

    /** No configuration, so everything is Docusaurus' default. */
    static SiteConfig none() {
        return new SiteConfig(new Value.Absent(), null);
    }

    /** The configuration in a folder, if there is one. */
    static Optional<Path> in(Path folder) {
        return NAMES.stream().map(folder::resolve).filter(Files::isRegularFile).findFirst();
    }

    /**
     * Reads a configuration.
     *
     * @param tree no file outside of it is read
     */
    static SiteConfig read(Path file, Path tree) {
        Path site = Optional.ofNullable(file.getParent()).orElse(file);
        Scripts scripts = new Scripts(tree, site);
        Value value = scripts.exported(file);
        SiteConfig config = new SiteConfig(value, scripts);
        if (value instanceof Value.Unknown || value instanceof Value.Foreign) {
            String why =
                    value instanceof Value.Unknown unknown
                            ? " (%s: it %s)".formatted(unknown.place(), unknown.why())
                            : "";
            config.warnings.add(
                    "What %s exports cannot be evaluated%s, so nothing is known of the site's layout; say --site-url, --base-url and --route-base-path."
                            .formatted(file.getFileName(), why));
            return new SiteConfig(new Value.Absent(), scripts).with(config.warnings);
        }
        return config;
    }

    private SiteConfig with(Set<String> more) {
        warnings.addAll(more);
        return this;
    }

    /** What could not be evaluated so far, a sentence each. */
    List<String> warnings() {
        List<String> all = new ArrayList<>(warnings);
        if (scripts != null) {
            all.addAll(0, scripts.problems());
        }
        return all;
    }

    /** What was assumed so far, a sentence each. */
    List<String> notes() {
        Set<String> asked = scripts == null ? Set.of() : new TreeSet<>(scripts.environment());
        return asked.isEmpty()
                ? List.of()
                : List.of(
                        "The configuration is read as if these variables were not set: "
                                + String.join(", ", asked)
                                + ".");
    }

    /** An option by its path, such as {@code i18n.defaultLocale}; absent if it is not there. */
    Value get(String path) {
        Value value = root;
        for (String key : path.split("\\.", -1)) {
            value = value.get(key);
        }
        return value;
    }

    /** An option as text, {@code true} or {@code false}; empty if it is not there or not known. */
    Optional<String> text(String path, String remedy) {
        return text(get(path), path, remedy);
    }

    /**
     * A value as text, {@code true} or {@code false}; empty if it is not there or not known.
     *
     * @param option its name, for the warning
     * @param remedy what the owner can do, as the end of a sentence; empty for the usual
     */
    Optional<String> text(Value value, String option, String remedy) {
        return switch (value) {
            case Value.Flag(boolean on) -> Optional.of(String.valueOf(on));
            case Value.Absent() -> Optional.empty();
            default -> {
                Optional<String> text = value.asText();
                if (text.isEmpty()) {
                    warn(option, value, remedy);
                }
                yield text;
            }
        };
    }

    /** A list of texts; empty if it is not there or not known. */
    Optional<List<String>> texts(Value value, String option) {
        if (!(value instanceof Value.Items items)) {
            if (!(value instanceof Value.Absent)) {
                warn(option, value, "");
            }
            return Optional.empty();
        }
        List<String> texts = new ArrayList<>();
        for (Value element : items.values()) {
            Optional<String> text = element.asText();
            if (text.isEmpty()) {
                warn(option, element, "");
                return Optional.empty();
            }
            texts.add(text.get());
        }
        return Optional.of(texts);
    }

    /** Says that an option cannot be evaluated. */
    void warn(String option, Value value, String remedy) {
        String why =
                switch (value) {
                    case Value.Unknown unknown ->
                            "cannot be evaluated (%s: it %s)"
                                    .formatted(unknown.place(), unknown.why());
                    case Value.Foreign(String module, String _) ->
                            "comes from the package " + module;
                    default -> "is of a kind that Docent does not read";
                };
        warnings.add(
                "%s in the configuration %s, so its default is assumed; %s."
                        .formatted(option, why, remedy.isEmpty() ? LITERALLY : remedy));
    }

    /** Adds a sentence of its own. */
    void warn(String sentence) {
        warnings.add(sentence);
    }

    /** The elements of a list; none, and a warning, if it cannot be evaluated. */
    List<Value> elements(String list) {
        return switch (root.get(list)) {
            case Value.Items items -> items.values();
            case Value.Absent() -> List.of();
            case Value other -> {
                unread(list, other);
                yield List.of();
            }
        };
    }

    /** Says that a part of the configuration that may name pages cannot be evaluated. */
    void unread(String part, Value value) {
        String why =
                value instanceof Value.Unknown unknown
                        ? "cannot be evaluated (%s: it %s)"
                                .formatted(unknown.place(), unknown.why())
                        : "is of a kind that Docent does not read";
        warnings.add(
                "%s in the configuration %s; pages that it would publish are missing. Write it there as a literal, or ingest its folder by itself with --route-base-path."
                        .formatted(part, why));
    }

    /** Whether anything could be read. */
    boolean known() {
        return root instanceof Value.Fields;
    }

    /** The source of a module of the site's own. */
    Optional<String> source(Value module) {
        return scripts == null ? Optional.empty() : scripts.source(module);
    }
}
