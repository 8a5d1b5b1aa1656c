package dev.docent.config;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The sites whose pages may use the service: origins (RFC 6454), and patterns in which a star
 * stands for one or more letters, digits and hyphens of a host name, but never for a dot.
 * Immutable.
 */
public final class Origins {
    private static final Pattern DEFAULT_PORT =
            Pattern.compile("^(https://.*):443$|^(http://.*):80$");

    private final List<String> entries;
    private final Set<String> exact;
    private final Set<Pattern> patterns;

    private Origins(List<String> entries, Set<String> exact, Set<Pattern> patterns) {
        this.entries = entries;
        this.exact = exact;
        this.patterns = patterns;
    }

    /** Origins and patterns, each {@code scheme://host[:port]} without a path. */
    public static Origins of(Collection<String> entries) {
        Set<String> exact = new HashSet<>();
        Set<Pattern> patterns = new HashSet<>();
        for (String entry : entries) {
            String origin = serialized(entry);
            if (origin.contains("*")) {
                patterns.add(
                        Pattern.compile(
                                Stream.of(origin.split("\\*", -1))
                                        .map(Pattern::quote)
                                        .collect(Collectors.joining("[a-z0-9-]+"))));
            } else {
                exact.add(origin);
            }
        }
        return new Origins(List.copyOf(entries), Set.copyOf(exact), Set.copyOf(patterns));
    }

    /** Reads {@code cors.*}. */
    public static Origins read(SettingsReader in) {
        List<String> all = new ArrayList<>(in.list("cors.allowed-origins"));
        in.optionalText("cors.space-host").ifPresent(host -> all.add("https://" + host));
        return of(all);
    }

    /** Origins and patterns as they were given. */
    public List<String> entries() {
        return entries;
    }

    /** Whether a page of this origin may use the service; {@code null}, as text, never may. */
    public boolean allows(String origin) {
        String serialized = serialized(origin);
        // A name in DNS has at most 253 characters, so nothing that is longer needs matching.
        return exact.contains(serialized)
                || (serialized.length() <= 300
                        && patterns.stream()
                                .anyMatch(pattern -> pattern.matcher(serialized).matches()));
    }

    /** Scheme and host in lower case, and no default port (RFC 6454, 4 and 6.2). */
    public static String serialized(String origin) {
        return DEFAULT_PORT.matcher(origin.toLowerCase(Locale.ROOT)).replaceFirst("$1$2");
    }
}
