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
 * it to look up. Words and phrases of several languages are in {@code orders.txt}, {@code
 * small-talk.txt} and {@code vague.txt} beside this class.
 */
enum QuestionForm {
    /** It may have an answer. */
    PLAIN,
    /** It has no word of content: "it does not work", "and then?". */
    VAGUE,
    /** It is said to the model instead of asked: "write a poem", "you are great". */
    ORDER,
    /** It is no text: signs, numbers, runs of keys, words again and again. */
    NONSENSE;

    private static final Set<String> HOLLOW = words("vague.txt");
    private static final Set<String> TALK = words("small-talk.txt");

    /** Who is spoken to. */
    private static final Set<String> YOU =
            Set.of(
                    "you",
                    "your",
                    "yours",
                    "yourself",
                    "you're",
                    "you've",
                    "you'll",
                    "u",
                    "ur",
                    "du",
                    "dich",
                    "dir",
                    "dein",
                    "deine",
                    "bist",
                    "tu",
                    "te",
                    "t'es",
                    "toi",
                    "ton",
                    "ta",
                    "vous",
                    "votre",
                    "tú",
                    "eres",
                    "estás",
                    "ti",
                    "sei",
                    "você");

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

    /** The text that fills a page until there is one. */
    private static final Set<String> FILLER =
            Set.of(
                    "lorem",
                    "ipsum",
                    "amet",
                    "consectetur",
                    "adipiscing",
                    "adipisicing",
                    "elit",
                    "eiusmod",
                    "tempor",
                    "incididunt",
                    "labore",
                    "dolore",
                    "aliqua",
                    "minim",
                    "veniam",
                    "nostrud",
                    "exercitation",
                    "ullamco",
                    "laboris",
                    "nisi",
                    "aliquip",
                    "commodo",
                    "consequat",
                    "duis",
                    "aute",
                    "irure",
                    "reprehenderit",
                    "voluptate",
                    "velit",
                    "cillum",
                    "fugiat",
                    "nulla",
                    "pariatur",
                    "excepteur",
                    "occaecat",
                    "cupidatat",
                    "proident",
                    "sunt",
                    "culpa",
                    "officia",
                    "deserunt",
                    "mollit",
                    "laborum");

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
        if (words.stream().allMatch(QuestionForm::isHollow)) {
            return VAGUE;
        }
        return isTalk(words) ? ORDER : PLAIN;
    }

    private static Set<String> words(String resource) {
        return new HashSet<>(
                Exemplars.questions(resource).stream()
                        .flatMap(line -> Stream.of(line.split(" ", -1)))
                        .toList());
    }

    /** Whether one word is most of the text, or each word is there twice. */
    private static boolean repeats(List<String> words) {
        Map<String, Integer> counts = new HashMap<>();
        words.forEach(word -> counts.merge(word, 1, Integer::sum));
        int most = counts.values().stream().mapToInt(Integer::intValue).max().orElse(0);
        return (most >= REPEATED && 2 * most > words.size())
                || (words.size() > REPEATED && 2 * counts.size() <= words.size());
    }

    /**
     * Whether at least half of the words are what fingers do on a keyboard, or there are only
     * numbers, or letters one by one.
     */
    private static boolean isTyped(List<String> words) {
        List<String> letters = words.stream().filter(word -> LETTERS.matcher(word).find()).toList();
        long typed = letters.stream().filter(QuestionForm::isKeys).count();
        boolean single =
                words.size() >= REPEATED
                        && letters.stream()
                                .allMatch(word ->
                                        word.length() == 1 && LATIN.matcher(word).matches());
        return single
                || (letters.isEmpty()
                        ? words.size() > 1
                        : typed > 0 && 2 * typed >= letters.size());
    }

    private static boolean isKeys(String word) {
        return KEYS.matcher(word).find()
                || FILLER.contains(word)
                || (word.length() >= UNSPEAKABLE
                        && LATIN.matcher(word).matches()
                        && !VOWEL.matcher(word).find());
    }

    private static boolean isTalk(List<String> words) {
        return words.stream().anyMatch(word -> YOU.contains(word.replace('’', '\'')))
                && words.stream()
                        .map(word -> word.replace('’', '\''))
                        .allMatch(word ->
                                Words.isStop(word) || TALK.contains(word) || YOU.contains(word));
    }

    private static boolean isHollow(String word) {
        String bare = word.replace('’', '\'');
        return Words.isStop(bare) || HOLLOW.contains(bare);
    }
}
