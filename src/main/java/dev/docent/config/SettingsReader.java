package dev.docent.config;

import dev.docent.failure.Diagnosis;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Reads typed settings: from the environment, otherwise from the owner's file, otherwise the
 * default. A value that cannot be read becomes a problem, and reading continues with the default,
 * so that all problems are found at once. An empty value counts as not set. Not thread-safe.
 */
public final class SettingsReader {
    /** The owner's file, if no other one is named. */
    public static final String FILE = "config/application.yaml";

    private final Reference reference;
    private final Environment environment;
    private final Set<String> fromFile;
    private final Problems problems;

    /**
     * Reads from an environment that has the owner's file as fallback.
     *
     * @param fromFile the variables whose values come from the owner's file
     */
    public SettingsReader(
            Reference reference, Environment environment, Set<String> fromFile, Problems problems) {
        this.reference = reference;
        this.environment = environment;
        this.fromFile = Set.copyOf(fromFile);
        this.problems = problems;
    }

    /**
     * The owner's values by variable: those of the file that a variable names, otherwise of {@code
     * config/application.yaml} in the directory if it exists. The file may be an edited copy of the
     * packaged one, or hold only some settings.
     *
     * @param variable names another file, or none if it is set and empty
     * @param problems receives a file that cannot be read, and unknown keys
     */
    public static Map<String, String> ownerFile(
            Reference reference,
            Environment environment,
            String variable,
            Path directory,
            Problems problems) {
        Optional<String> named = environment.value(variable);
        Path file;
        try {
            file = directory.resolve(named.orElse(FILE));
        } catch (InvalidPathException e) {
            problems.problem(
                    Diagnosis.FILE_UNREADABLE, variable + " is not a path.", "Name a YAML file.");
            return Map.of();
        }
        if (named.map(String::isBlank).orElse(!Files.isRegularFile(file))) {
            return Map.of();
        }
        Map<String, String> values = new HashMap<>();
        YamlFile.flat(file, variable, problems)
                .forEach((key, value) -> {
                    if (reference.has(key)) {
                        SettingSpec setting = reference.setting(key);
                        String written =
                                Reference.placeholder(key, value)
                                        .map(SettingSpec::fallback)
                                        .orElse(value);
                        // An unchanged value in a copy of the packaged file was not set by the
                        // owner.
                        if (!written.equals(setting.fallback())) {
                            values.put(setting.variable(), written);
                        }
                    } else {
                        unknown(reference, key, file, problems);
                    }
                });
        return values;
    }

    private static void unknown(Reference reference, String key, Path file, Problems problems) {
        boolean harmless =
                key.matches("[a-z0-9.-]{1,60}")
                        || !SafeToShow.quoted(key).isEmpty()
                        || reference.variables().contains(key);
        problems.problem(
                Diagnosis.UNKNOWN_NAME,
                (harmless ? key : "A key") + " in " + file + " is not a setting.",
                reference
                        .near(key)
                        .map(near -> "Did you mean " + near + "?")
                        .orElse(
                                "Take it out; the README's configuration reference lists every setting."));
    }

    /** A text; the default if nothing is set. */
    public String text(String key) {
        return raw(key).orElse(fallback(key));
    }

    /** The default as it is written, for suggestions; empty if there is none. */
    public String fallback(String key) {
        return reference.setting(key).fallback();
    }

    /** Whether the owner has set this setting. */
    public boolean set(String key) {
        return raw(key).isPresent();
    }

    /** An optional text. */
    public Optional<String> optionalText(String key) {
        return Optional.of(text(key)).filter(value -> !value.isEmpty());
    }

    /** An optional secret. */
    public Optional<Secret> secret(String key) {
        return optionalText(key).map(Secret::of);
    }

    /** A whole number within bounds, both included. */
    public int number(String key, int least, int most) {
        return read(
                key,
                text -> {
                    try {
                        int number = Integer.parseInt(text);
                        return number < least || number > most
                                ? Optional.empty()
                                : Optional.of(number);
                    } catch (NumberFormatException e) {
                        return Optional.empty();
                    }
                },
                "is not a whole number from " + least + " to " + most,
                "Write a whole number; the default is " + fallback(key));
    }

    /** A duration within bounds, both included. */
    public Duration duration(String key, Duration least, Duration most) {
        return read(
                key,
                text ->
                        Units.duration(text)
                                .filter(value ->
                                        value.compareTo(least) >= 0 && value.compareTo(most) <= 0),
                "is not a duration from " + Units.text(least) + " to " + Units.text(most),
                "Write a number and its unit (ms, s, m, h, d); the default is " + fallback(key));
    }

    /** A number of bytes within bounds, both included. */
    public long bytes(String key, long least, long most) {
        return read(
                key,
                text -> Units.bytes(text).filter(value -> value >= least && value <= most),
                "is not a size from " + Units.text(least) + " to " + Units.text(most),
                "Write a number and its unit (B, KiB, MiB); the default is " + fallback(key));
    }

    /** One of the constants of an enum, which are written in lower case with hyphens. */
    public <E extends Enum<E>> E choice(String key, Class<E> type) {
        return read(key, text -> constant(text, type), oneOf(type), near(key, type));
    }

    /** An optional constant of an enum. */
    public <E extends Enum<E>> Optional<E> optionalChoice(String key, Class<E> type) {
        return optional(key, text -> constant(text, type), oneOf(type), near(key, type));
    }

    /** An optional flag. */
    public Optional<Boolean> optionalFlag(String key) {
        return optional(
                key,
                text ->
                        switch (text.toLowerCase(Locale.ROOT)) {
                            case "true", "yes", "on", "1" -> Optional.of(true);
                            case "false", "no", "off", "0" -> Optional.of(false);
                            default -> Optional.empty();
                        },
                "is neither true nor false",
                "");
    }

    /** An optional absolute http or https address. */
    public Optional<URI> uri(String key) {
        return optional(
                key,
                SettingsReader::httpUri,
                "is not an http or https address",
                "Begin it with https:// and a host, without user and password");
    }

    /** The root address of an API, without a query; a slash at its end is removed. */
    public URI root(String key) {
        URI uri = uri(key).orElseThrow();
        if (uri.getRawQuery() != null || uri.getRawFragment() != null) {
            problems.problem(
                    Diagnosis.BAD_VALUE,
                    name(reference.setting(key)) + " has something behind a question mark or #.",
                    "End it before that.");
        }
        return URI.create(uri.toString().replaceFirst("/$", ""));
    }

    /** An optional path. */
    public Optional<Path> path(String key) {
        return optional(
                key,
                text -> {
                    try {
                        // Paths are shown in logs, which are read line by line.
                        return Optional.of(Path.of(text))
                                .filter(_ -> text.chars().noneMatch(Character::isISOControl));
                    } catch (InvalidPathException e) {
                        return Optional.empty();
                    }
                },
                "is not a path",
                "Write the folder as the shell shows it");
    }

    /** The items between commas, stripped; without empty ones. */
    public List<String> list(String key) {
        return Stream.of(text(key).split(","))
                .map(String::strip)
                .filter(item -> !item.isEmpty())
                .toList();
    }

    private <T> T read(
            String key, Function<String, Optional<T>> parser, String wrong, String remedy) {
        return optional(key, parser, wrong, remedy)
                .orElseThrow(
                        () -> new IllegalStateException("the default of " + key + " is invalid"));
    }

    private <T> Optional<T> optional(
            String key, Function<String, Optional<T>> parser, String wrong, String remedy) {
        SettingSpec setting = reference.setting(key);
        Optional<String> written = raw(key);
        Optional<T> value = written.flatMap(parser);
        if (written.isPresent() && value.isEmpty()) {
            problems.problem(
                    Diagnosis.BAD_VALUE,
                    name(setting) + SafeToShow.quoted(written.get()) + " " + wrong + ".",
                    remedy);
        }
        return value.or(
                () -> Optional.of(setting.fallback()).filter(v -> !v.isEmpty()).flatMap(parser));
    }

    /**
     * The setting's name as the owner wrote it: the variable, or the key if it is from the file.
     */
    private String name(SettingSpec setting) {
        return fromFile.contains(setting.variable()) ? setting.key() : setting.variable();
    }

    private Optional<String> raw(String key) {
        return environment
                .value(reference.setting(key).variable())
                .map(String::strip)
                .filter(value -> !value.isEmpty());
    }

    private static Optional<URI> httpUri(String text) {
        try {
            URI uri = new URI(text);
            boolean http = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
            return http && uri.getHost() != null && uri.getUserInfo() == null
                    ? Optional.of(uri)
                    : Optional.empty();
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }

    private static <E extends Enum<E>> Optional<E> constant(String text, Class<E> type) {
        return Arrays.stream(type.getEnumConstants())
                .filter(constant -> spelling(constant).equalsIgnoreCase(text))
                .findFirst();
    }

    private <E extends Enum<E>> String near(String key, Class<E> type) {
        List<String> spellings =
                Arrays.stream(type.getEnumConstants()).map(SettingsReader::spelling).toList();
        return Suggestion.nearest(text(key), spellings)
                .map(near -> "Did you mean " + near + "?")
                .orElse("");
    }

    private static <E extends Enum<E>> String oneOf(Class<E> type) {
        return "is not one of "
                + Arrays.stream(type.getEnumConstants())
                        .map(SettingsReader::spelling)
                        .collect(Collectors.joining(", "));
    }

    private static String spelling(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
