package dev.docent.retrieval;

import dev.docent.text.Words;
import java.lang.Character.UnicodeScript;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The language of a text, as far as its script and the most frequent words of a dozen languages in
 * {@code function-words.txt} tell. A language is an ISO 639 code or, for scripts of one language or
 * of none of the dozen, the script's name. Enough to tell whether a question is in the language of
 * a site; few words tell no more.
 */
final class Language {
    /** What a site is taken to be in that tells nothing else. */
    static final String ENGLISH = "en";

    private static final Map<String, Set<String>> FREQUENT = frequent();

    /** How many letters of a script of its own say as much as a frequent word. */
    private static final double LETTERS = 2;

    private Language() {}

    /** The language that most of a text is in; English where nothing tells. */
    static String of(String text) {
        Map<String, Double> counts = counts(text);
        String most = ENGLISH;
        for (Map.Entry<String, Double> count : counts.entrySet()) {
            if (count.getValue() > counts.getOrDefault(most, 0.0)) {
                most = count.getKey();
            }
        }
        return most;
    }

    /** Whether a question is rather in another language than in {@code language}. */
    static boolean differs(String question, String language) {
        Map<String, Double> counts = counts(question);
        double own = counts.getOrDefault(language, 0.0);
        return counts.values().stream().anyMatch(count -> count > own);
    }

    private static Map<String, Double> counts(String text) {
        Map<String, Double> counts = new HashMap<>();
        for (String word : Words.written(text)) {
            String lower = word.toLowerCase(Locale.ROOT);
            FREQUENT.forEach((language, words) -> {
                if (words.contains(lower)) {
                    counts.merge(language, 1.0, Double::sum);
                }
            });
        }
        text.codePoints()
                .filter(Character::isLetter)
                .mapToObj(UnicodeScript::of)
                .filter(script -> script != UnicodeScript.LATIN && script != UnicodeScript.COMMON)
                .forEach(script -> counts.merge(script.name(), 1 / LETTERS, Double::sum));
        // Japanese is written with Chinese characters, too; Chinese without syllables.
        double syllables =
                counts.getOrDefault(UnicodeScript.HIRAGANA.name(), 0.0)
                        + counts.getOrDefault(UnicodeScript.KATAKANA.name(), 0.0);
        if (syllables > 0) {
            counts.remove(UnicodeScript.KATAKANA.name());
            counts.put(
                    UnicodeScript.HIRAGANA.name(),
                    syllables + counts.getOrDefault(UnicodeScript.HAN.name(), 0.0));
            counts.remove(UnicodeScript.HAN.name());
        }
        return counts;
    }

    private static Map<String, Set<String>> frequent() {
        Map<String, Set<String>> frequent = new HashMap<>();
        for (String line : Exemplars.questions("function-words.txt")) {
            List<String> words = Arrays.asList(line.split(" ", -1));
            frequent.computeIfAbsent(words.getFirst(), _ -> new HashSet<>())
                    .addAll(words.subList(1, words.size()));
        }
        return frequent;
    }
}
