package dev.docent.qdrant;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.zip.CRC32;

/**
 * The words of a text as the lexical half of the index sees them: lower case, without the most
 * common words, without the most common English endings, and names of code both whole and in parts,
 * so that {@code useDocusaurusContext} is found by "docusaurus" and by itself. Runs of scripts that
 * put no spaces between words are cut into overlapping pairs of characters.
 *
 * <p>Done here and not by the server's own {@code qdrant/bm25}, which needs Qdrant 1.15.3 and knows
 * nothing of names of code. The server adds the rarity of a term (modifier {@code idf}).
 */
final class Terms {
    /** Saturation of repetition, the usual value. */
    private static final double K1 = 1.2;

    /** How much a long text is held back, the usual value. */
    private static final double B = 0.75;

    /**
     * Terms of an average passage. A constant, because an average that moves with each ingestion
     * would make older vectors wrong; being off by half changes few ranks.
     */
    private static final double AVERAGE_LENGTH = 150;

    private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{M}\\p{N}_]+");
    private static final Pattern PART =
            Pattern.compile("_+|(?<=[\\p{Ll}\\p{N}])(?=\\p{Lu})|(?<=\\p{Lu})(?=\\p{Lu}\\p{Ll})");
    private static final Pattern UNSPACED =
            Pattern.compile("[\\p{IsHan}\\p{IsHiragana}\\p{IsKatakana}\\p{IsThai}]{2,}");

    private static final Set<String> COMMON =
            Set.of(
                    """
                    a an and are as at be been but by can could do does for from had has have how \
                    i if in into is it its me my no not of on or our should so such that the \
                    their them then there these they this to was we were what when where which \
                    who why will with would you your\
                    """
                            .split(" "));

    private Terms() {}

    /** The terms of a text in order, with repetitions. */
    static List<String> of(String text) {
        List<String> terms = new ArrayList<>();
        WORD.matcher(text).results().forEach(word -> addWord(word.group(), terms));
        return terms;
    }

    /** How a passage of this text is written: each term with the BM25 weight of its frequency. */
    static SparseVector document(String text) {
        List<String> terms = of(text);
        double norm = K1 * (1 - B + B * terms.size() / AVERAGE_LENGTH);
        Map<Integer, Float> weights = new LinkedHashMap<>();
        for (String term : terms) {
            weights.merge(dimension(term), 1f, Float::sum);
        }
        weights.replaceAll((_, count) -> (float) (count * (K1 + 1) / (count + norm)));
        return new SparseVector(List.copyOf(weights.keySet()), List.copyOf(weights.values()));
    }

    /** What asks for terms: each once, with weight one. */
    static SparseVector query(Iterable<String> terms) {
        Map<Integer, Float> weights = new LinkedHashMap<>();
        terms.forEach(term -> weights.put(dimension(term), 1f));
        return new SparseVector(List.copyOf(weights.keySet()), List.copyOf(weights.values()));
    }

    /** The dimension that stands for a term; two of a site's terms rarely share one. */
    static int dimension(String term) {
        CRC32 checksum = new CRC32();
        checksum.update(term.getBytes(StandardCharsets.UTF_8));
        return (int) checksum.getValue();
    }

    private static void addWord(String word, List<String> terms) {
        if (UNSPACED.matcher(word).find()) {
            int[] points = word.codePoints().toArray();
            for (int i = 0; i + 1 < points.length; i++) {
                terms.add(new String(points, i, 2).toLowerCase(Locale.ROOT));
            }
            return;
        }
        String[] parts = PART.split(word, -1);
        if (parts.length > 1) {
            terms.add(word.toLowerCase(Locale.ROOT));
        }
        for (String part : parts) {
            String lower = part.toLowerCase(Locale.ROOT);
            if (!lower.isEmpty() && !COMMON.contains(lower)) {
                terms.add(stem(lower));
            }
        }
    }

    /**
     * Cuts endings only where enough of the word is left, so "bus" and "thing" stay as they are.
     */
    private static String stem(String word) {
        String stem = word;
        if (stem.endsWith("ies") && stem.length() > 4) {
            stem = cut(stem, 3) + "y";
        } else if (stem.endsWith("s")
                && stem.length() > 3
                && "siu".indexOf(stem.charAt(stem.length() - 2)) < 0) {
            stem = cut(stem, 1);
        }
        if (stem.endsWith("ing") && stem.length() > 5) {
            stem = single(cut(stem, 3));
        } else if (stem.endsWith("ed") && stem.length() > 4) {
            stem = single(cut(stem, 2));
        }
        return stem.endsWith("e") && stem.length() > 3 ? cut(stem, 1) : stem;
    }

    /** "runn" becomes "run", while "install" stays. */
    private static String single(String stem) {
        int last = stem.length() - 1;
        boolean doubled = last > 1 && stem.charAt(last) == stem.charAt(last - 1);
        return doubled && "lsz".indexOf(stem.charAt(last)) < 0 ? cut(stem, 1) : stem;
    }

    private static String cut(String word, int letters) {
        return word.substring(0, word.length() - letters);
    }
}
