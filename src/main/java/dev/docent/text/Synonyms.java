package dev.docent.text;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/** The synonyms in {@code synonyms.txt}: words that developers use for one another. Thread-safe. */
public final class Synonyms {
    private static final String FILE = "synonyms.txt";

    private static final Map<String, Set<String>> OTHERS = read();

    private Synonyms() {}

    /** The terms that may stand for a term, in alphabetic order. */
    public static Set<String> of(String term) {
        return OTHERS.getOrDefault(term, Set.of());
    }

    private static Map<String, Set<String>> read() {
        Map<String, Set<String>> others = new HashMap<>();
        try (InputStream stream =
                        Objects.requireNonNull(Synonyms.class.getResourceAsStream(FILE), FILE);
                BufferedReader lines =
                        new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
            for (String line : lines.lines().filter(text -> !text.startsWith("#")).toList()) {
                List<String> group = Words.terms(line);
                group.forEach(
                        term -> others.computeIfAbsent(term, _ -> new TreeSet<>()).addAll(group));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        others.forEach((term, group) -> group.remove(term));
        return others;
    }
}
