package dev.docent.config;

import dev.docent.failure.Diagnosis;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * The variables of the process and those of a {@code .env} file; the process's take precedence. The
 * only class that reads the process's environment. Immutable; {@link #toString} shows only names.
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
     * This environment with the variables of a {@code .env} file as fallbacks: the file that a
     * variable names, otherwise {@code .env} in the directory if it exists. No file is read if the
     * variable is set and empty, or if it is not set and {@code CI} is.
     *
     * @param variable names another file than {@code .env}
     * @param problems receives a named file that is missing, and every line that cannot be read
     */
    public Environment withEnvFile(String variable, Path directory, Problems problems) {
        Optional<String> named = value(variable);
        boolean none = named.map(String::isBlank).orElse(value("CI").isPresent());
        if (none) {
            return this;
        }
        String name = named.orElse(".env");
        if (named.isPresent()) {
            return under(EnvFile.read(directory, name, variable + " names a file that", problems));
        }
        if (Files.isRegularFile(directory.resolve(name))) {
            return under(EnvFile.read(directory, name, name, problems));
        }
        if (Files.exists(directory.resolve(name))) {
            problems.warning(
                    Diagnosis.FILE_UNREADABLE,
                    name + " is no file, so none is read.",
                    "Docker makes a folder of a file that it is to mount and does not find.");
        }
        return this;
    }

    /** This environment with fallbacks for variables that are missing or blank. */
    public Environment under(Map<String, String> fallbacks) {
        Map<String, String> merged = new TreeMap<>(values);
        fallbacks.forEach((name, value) -> {
            if (merged.getOrDefault(name, "").isBlank()) {
                merged.put(name, value);
            }
        });
        return new Environment(merged);
    }

    /** This environment with some variables replaced, or removed if the replacement is empty. */
    public Environment replaced(Map<String, Optional<String>> replacements) {
        Map<String, String> merged = new TreeMap<>(values);
        replacements.forEach((name, value) ->
                value.ifPresentOrElse(v -> merged.put(name, v), () -> merged.remove(name)));
        return new Environment(merged);
    }

    /** The value of a variable as it was set, possibly empty text; empty if it is not set. */
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
