package dev.docent.config;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * The variables that the process was started with and those of a {@code .env} file, the former
 * before the latter. The only class that reads the process's environment. Immutable; {@link
 * #toString} shows names alone.
 */
public final class Environment {
    private final Map<String, String> values;

    private Environment(Map<String, String> values) {
        this.values = values;
    }

    /** An environment of these variables and no others. */
    public static Environment of(Map<String, String> values) {
        return new Environment(new TreeMap<>(values));
    }

    /** The environment of this process alone. */
    public static Environment ofProcess() {
        return of(System.getenv());
    }

    /**
     * This environment with the variables of the {@code .env} file below it, if there is one to
     * read: the one that a variable names, else {@code .env} in the directory; none where that
     * variable is empty, or where {@code CI} is set and it is not.
     *
     * @param variable names another file than {@code .env}
     * @param problems gets a file that is named and missing, and every line that cannot be read
     */
    public Environment withEnvFile(String variable, Path directory, Problems problems) {
        Optional<String> named = value(variable);
        boolean none = named.map(String::isBlank).orElse(value("CI").isPresent());
        if (none) {
            return this;
        }
        String name = named.orElse(".env");
        return under(
                named.isEmpty() && !Files.isRegularFile(directory.resolve(name))
                        ? Map.of()
                        : EnvFile.read(directory, name, variable, problems));
    }

    /** This environment, with values for variables that it lacks or that are blank in it. */
    public Environment under(Map<String, String> fallbacks) {
        Map<String, String> merged = new TreeMap<>(values);
        fallbacks.forEach((name, value) -> {
            if (merged.getOrDefault(name, "").isBlank()) {
                merged.put(name, value);
            }
        });
        return new Environment(merged);
    }

    /** This environment with other values for some variables; without those that have none. */
    public Environment replaced(Map<String, Optional<String>> replacements) {
        Map<String, String> merged = new TreeMap<>(values);
        replacements.forEach((name, value) ->
                value.ifPresentOrElse(v -> merged.put(name, v), () -> merged.remove(name)));
        return new Environment(merged);
    }

    /** The value of a variable as it was set, which may be empty; empty where it is not set. */
    public Optional<String> value(String name) {
        return Optional.ofNullable(values.get(name));
    }

    /** The names of all variables, in alphabetical order. */
    public Set<String> names() {
        return Collections.unmodifiableSet(values.keySet());
    }

    @Override
    public String toString() {
        return "Environment" + values.keySet();
    }
}
