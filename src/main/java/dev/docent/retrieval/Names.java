package dev.docent.retrieval;

import dev.docent.rag.Candidates;
import dev.docent.rag.Passage;
import dev.docent.text.Words;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The names of a question, which are identifiers, options, flags and settings as code has them, as
 * far as they stand nowhere in an index: the strongest sign that a product has no such feature.
 *
 * <p>A name that is written with a typing error is not counted, nor is what may be the reader's
 * own: an address, a path, or the name of a file.
 *
 * @param absent as the reader wrote them
 * @param known whether the question has another name, which the index has
 */
record Names(Set<String> absent, boolean known) {
    private static final Pattern WORD = Pattern.compile("[^\\s\"'`“”‘’„«»<>()\\[\\]{},;?!]+");

    private static final Pattern OWN =
            Pattern.compile(
                    "(?i).*(://|^www\\.|\\.(com|org|net|io|dev|app|example)\\b).*|[^@]*+@.*\\..*"
                            + "|[~./\\\\].*|[^/]*/.*|\\w:\\\\.*"
                            + "|.*\\.(mdx?|m?[jt]sx?|json|ya?ml|toml|xml|html?|s?css|py|rs|go|java|rb|php|sh|sql|csv|txt"
                            + "|png|jpe?g|gif|svg|pdf|zip|env|lock|config|log|ini|cfg)");

    private static final Pattern FLAG = Pattern.compile("--[a-z][\\w-]+");
    private static final Pattern SCOPED = Pattern.compile("@[\\w.-]+/[\\w.-]+");
    private static final Pattern COMPOUND =
            Pattern.compile(
                    "\\p{L}[\\p{L}\\p{N}]*+(?:_[\\p{L}\\p{N}]++)++|[\\p{L}\\p{N}]*\\p{Ll}\\p{Lu}[\\p{L}\\p{N}]*");

    /** A name of code that is no product's, as TypeScript is. */
    private static final Pattern IDENTIFIER =
            Pattern.compile("(?=\\w{3})\\p{Ll}[\\p{Ll}\\d]*+[_.\\p{Lu}][\\w.]*+");

    private static final Pattern HYPHENS =
            Pattern.compile("\\p{L}[\\p{L}\\p{N}]++(?:-[\\p{L}\\p{N}]{2,}+)++");

    /** The parts of a name with dots, double colons or an equals sign. */
    private static final Pattern PARTS = Pattern.compile("\\.|::|=|#");

    /** A longer text is pasted, and names in it may be anybody's. */
    private static final int LONGEST_QUESTION = 300;

    /** What English writes with a hyphen, too. */
    private static final Set<String> ENGLISH =
            Set.of(
                    "anti", "auto", "co", "cross", "custom", "ex", "full", "hard", "high", "inter",
                    "large", "left", "long", "low", "mid", "mini", "multi", "non", "one", "open",
                    "per", "post", "pre", "re", "read", "real", "right", "self", "semi", "short",
                    "single", "small", "step", "sub", "super", "third", "top", "two", "un", "user",
                    "well", "write", "zero");

    /**
     * The names of a question.
     *
     * @param candidates what the index found; none is absent where it does not tell its terms
     * @param best the best passages; what stands in them is not absent
     */
    static Names of(String question, Candidates candidates, List<Passage> best) {
        Set<String> absent = new LinkedHashSet<>();
        boolean known = false;
        if (candidates.idf().isEmpty() || question.length() > LONGEST_QUESTION) {
            return new Names(absent, known);
        }
        Set<String> terms = new HashSet<>(candidates.idf().keySet());
        terms.removeAll(candidates.unknown());
        Known index = new Known(terms, best);
        // In other languages a hyphen joins ordinary words: "puis-je".
        boolean english = Language.of(question).equals(Language.ENGLISH);
        Matcher words = WORD.matcher(question);
        while (words.find()) {
            String word = words.group().replaceAll("(?<![.:])[.:]++$", "");
            if (SCOPED.matcher(word).matches()) {
                word = word.substring(word.indexOf('/') + 1);
            }
            boolean flag = FLAG.matcher(word).matches();
            if (flag ? !index.holdsFlag(word) : isAbsent(word, index, english)) {
                absent.add(word);
            } else {
                known |=
                        flag
                                || (IDENTIFIER.matcher(word).matches()
                                        && !OWN.matcher(word).matches());
            }
        }
        return new Names(absent, known);
    }

    private static boolean isAbsent(String word, Known index, boolean english) {
        if (OWN.matcher(word).matches()) {
            return false;
        }
        if (HYPHENS.matcher(word).matches()) {
            return english && !isEnglish(word) && !index.holds(word);
        }
        String[] parts = PARTS.split(word, -1);
        for (String part : parts) {
            boolean name = COMPOUND.matcher(part).matches();
            boolean ofPath = parts.length > 1 && part.matches("\\p{L}{4,}");
            if ((name || ofPath) && !index.holds(part)) {
                return true;
            }
        }
        return false;
    }

    /** Whether a word with hyphens may be an expression of ordinary English: "step-by-step". */
    private static boolean isEnglish(String word) {
        List<String> parts = List.of(word.toLowerCase(Locale.ROOT).split("-", -1));
        return ENGLISH.contains(parts.getFirst()) || parts.stream().anyMatch(Words::isStop);
    }

    /**
     * What an index knows.
     *
     * @param terms of the question that it has
     * @param best the passages to look for similar names in
     */
    private record Known(Set<String> terms, List<Passage> best) {
        private static final Pattern NAME = Pattern.compile("[\\p{L}\\p{N}_-]{4,}");

        boolean holds(String name) {
            String bare = bare(name);
            for (String term : Words.terms(name)) {
                // Terms are stems, so the whole may lack its ending; its parts are shorter.
                if (terms.contains(term) && bare(term).length() >= bare.length() - ending(bare)) {
                    return true;
                }
            }
            return best.stream().anyMatch(passage -> resembles(bare, passage));
        }

        boolean holdsFlag(String flag) {
            return best.stream()
                    .anyMatch(passage ->
                            passage.text().contains(flag) || passage.place().contains(flag));
        }

        private static int ending(String bare) {
            return bare.length() < 6 ? 1 : 3;
        }

        private static boolean resembles(String bare, Passage passage) {
            int edits = bare.length() < 6 ? 0 : bare.length() < 10 ? 1 : 2;
            Matcher names = NAME.matcher(passage.place() + "\n" + passage.text());
            while (names.find()) {
                if (distance(bare, bare(names.group()), edits) <= edits) {
                    return true;
                }
            }
            return false;
        }

        private static String bare(String name) {
            return name.replaceAll("[^\\p{L}\\p{N}]", "").toLowerCase(Locale.ROOT);
        }

        /** Levenshtein's distance, or more than {@code most}. */
        private static int distance(String a, String b, int most) {
            if (Math.abs(a.length() - b.length()) > most) {
                return most + 1;
            }
            int[] row = new int[b.length() + 1];
            for (int j = 0; j <= b.length(); j++) {
                row[j] = j;
            }
            for (int i = 1; i <= a.length(); i++) {
                int diagonal = row[0];
                row[0] = i;
                for (int j = 1; j <= b.length(); j++) {
                    int change = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                    diagonal = row[j];
                    row[j] = Math.min(change, Math.min(row[j], row[j - 1]) + 1);
                }
            }
            return row[b.length()];
        }
    }
}
