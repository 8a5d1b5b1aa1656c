package dev.docent.retrieval;

import dev.docent.text.Words;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What a question's wording alone tells, whatever the site is about: whether there is anything in
 * it to look up. Words and phrases of several languages are in {@code orders.txt} and {@code
 * vague.txt} beside this class.
 */
enum QuestionForm {
    /** It may have an answer. */
    PLAIN,
    /** It has no word of content: "it does not work", "and then?". */
    VAGUE,
    /** It tells the model what to do instead of asking: "ignore your rules", "write a poem". */
    ORDER,
    /** It is no text: signs, runs of keys, one word again and again. */
    NONSENSE;

    private static final Set<String> HOLLOW =
            new HashSet<>(
                    Exemplars.questions("vague.txt").stream()
                            .flatMap(line -> Stream.of(line.split(" ", -1)))
                            .toList());

    private static final List<Pattern> ORDERS =
            Exemplars.questions("orders.txt").stream()
                    .map(line ->
                            Pattern.compile(
                                    line,
                                    Pattern.CASE_INSENSITIVE
                                            | Pattern.UNICODE_CASE
                                            | Pattern.UNICODE_CHARACTER_CLASS))
                    .toList();

    /** A run of neighbouring keys, or one letter again and again. */
    private static final Pattern KEYS =
            Pattern.compile(
                    "asdf|sdfg|dfgh|fghj|ghjk|hjkl|jklö|qwer|wert[yz]|erty|rtyu|tyui|uiop|zxcv|xcvb|cvbn|vbnm"
                            + "|yxcv|lkjh|kjhg|jhgf|hgfd|gfds|fdsa|poiu|oiuy|iuyt|rewq|mnbv|(\\p{L})\\1{3}");

    private static final Pattern LINE_ENDS = Pattern.compile("\\n\\s++");
    private static final Pattern BLANKS = Pattern.compile("[^\\S\\n]++");

    private static final Pattern LETTERS = Pattern.compile("\\p{L}+");
    private static final Pattern VOWEL = Pattern.compile("[aeiouyàáâãäåæèéêëìíîïòóôõöøùúûüý]");
    private static final Pattern LATIN = Pattern.compile("[a-zß-ÿ]+");

    /** A shorter text says nothing by the repetition of a word. */
    private static final int REPEATED = 3;

    /** The shortest word that would have a vowel; many abbreviations are shorter. */
    private static final int UNSPEAKABLE = 5;

    static QuestionForm of(String question) {
        // A run of blanks says nothing, and would cost the patterns its square.
        String even = LINE_ENDS.matcher(BLANKS.matcher(question).replaceAll(" ")).replaceAll("\n");
        for (Pattern order : ORDERS) {
            if (order.matcher(even).find()) {
                return ORDER;
            }
        }
        List<String> words =
                Words.written(question).stream()
                        .map(word -> word.toLowerCase(Locale.ROOT))
                        .toList();
        if (words.isEmpty() || repeats(words) || isTyped(words)) {
            return NONSENSE;
        }
        return words.stream().allMatch(QuestionForm::isHollow) ? VAGUE : PLAIN;
    }

    private static boolean repeats(List<String> words) {
        Map<String, Integer> counts = new HashMap<>();
        words.forEach(word -> counts.merge(word, 1, Integer::sum));
        int most = counts.values().stream().mapToInt(Integer::intValue).max().orElse(0);
        return most >= REPEATED && 2 * most > words.size();
    }

    /** Whether at least half of the words are what fingers do on a keyboard. */
    private static boolean isTyped(List<String> words) {
        List<String> letters = words.stream().filter(word -> LETTERS.matcher(word).find()).toList();
        long typed = letters.stream().filter(QuestionForm::isKeys).count();
        return typed > 0 && 2 * typed >= letters.size();
    }

    private static boolean isKeys(String word) {
        return KEYS.matcher(word).find()
                || (word.length() >= UNSPEAKABLE
                        && LATIN.matcher(word).matches()
                        && !VOWEL.matcher(word).find());
    }

    private static boolean isHollow(String word) {
        String bare = word.replace('’', '\'');
        return Words.isStop(bare) || HOLLOW.contains(bare);
    }
}
