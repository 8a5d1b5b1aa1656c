package dev.docent.rag;

import dev.docent.text.Words;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Makes a follow-up question self-contained without a model, by adding the topic of the earlier
 * questions. Words that only occur in an answer are never added, because answers wander from the
 * topic.
 */
public final class FollowUp {
    /** A longer text from the model is not a question. */
    private static final int LONGEST = 500;

    /** More topic words would outweigh the question's own. */
    private static final int MOST_WORDS = 12;

    private static final Set<String> PRONOUNS =
            Set.of("it", "its", "they", "them", "their", "theirs", "there", "ones");

    /** Words that are pronouns unless a noun follows; see {@link #pointsBack}. */
    private static final Set<String> DEMONSTRATIVES =
            Set.of("that", "this", "these", "those", "one", "same", "other");

    /** Words after which a demonstrative is a pronoun. */
    private static final Set<String> AFTER_PRONOUN =
            Set.of(
                    ("again at by completely entirely for from globally here in instead into is"
                                    + " locally manually not off on only or out over per permanently so"
                                    + " then to too under up via when with without work works")
                            .split(" "));

    /** Openings of follow-up questions in several languages, as far as they are unambiguous. */
    private static final Set<String> OPENINGS =
            Set.of("and", "but", "or", "also", "then", "und", "oder", "et", "ou", "y", "och", "и");

    /** First words of an English question. */
    private static final Set<String> ASKING =
            Set.of(
                    ("can could did do does how how's i i'm is my should what what's when where"
                                    + " where's which who why would")
                            .split(" "));

    /** Words of English and of no other language that is written like it. */
    private static final Set<String> ENGLISH =
            Set.of("and", "are", "from", "is", "my", "of", "the", "to", "when", "with");

    /** Words by which a whole sentence still leans on an earlier one. */
    private static final Set<String> LEANING =
            Set.of(
                    ("again also another both different each either else example first further"
                                    + " instead latter more neither next other others otherwise previous"
                                    + " rather same second still then too")
                            .split(" "));

    private static final Set<String> PREPOSITIONS =
            Set.of("for", "on", "in", "with", "without", "from", "to", "under", "at", "about");

    private FollowUp() {}

    /**
     * The question, with the topic of earlier questions added if it refers to them.
     *
     * @param history earlier turns, oldest first
     * @param question what the reader asked
     */
    public static String standalone(List<Turn> history, String question) {
        if (history.isEmpty() || !leansOnHistory(question)) {
            return question;
        }
        List<String> own = Words.topics(question);
        List<String> topic =
                topic(history).stream()
                        .filter(word -> !own.containsAll(Words.topics(word)))
                        .toList();
        return topic.isEmpty() ? question : question + " (" + String.join(" ", topic) + ")";
    }

    /**
     * Whether a question certainly needs no earlier one, so that no model has to be asked to
     * complete it: an English sentence that points at nothing said before and holds words of its
     * own. Where this is in doubt, and in other languages, it does not.
     */
    public static boolean standsAlone(String question) {
        List<String> words = lowered(question);
        if (leansOnHistory(question) || words.stream().anyMatch(LEANING::contains)) {
            return false;
        }
        long own = words.stream().filter(word -> !Words.isStop(word)).distinct().count();
        return ASKING.contains(words.getFirst())
                ? own >= 3
                : own >= 4 && words.stream().anyMatch(ENGLISH::contains);
    }

    /**
     * Reads what a model wrote for {@link Prompt#condensing}: its first line, or {@code question}
     * if that is not usable.
     */
    public static String parse(String output, String question) {
        String line =
                output.lines()
                        .map(text -> text.length() > 2 * LONGEST ? text : bare(text))
                        .filter(text -> !text.isEmpty())
                        .findFirst()
                        .orElse("");
        return line.isEmpty() || line.length() > LONGEST ? question : line;
    }

    static boolean leansOnHistory(String question) {
        List<String> words = lowered(question);
        if (words.isEmpty() || OPENINGS.contains(words.getFirst())) {
            return true;
        }
        if (words.size() > 2
                && words.get(1).equals("about")
                && Set.of("what", "how").contains(words.getFirst())) {
            return true;
        }
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            if (PRONOUNS.contains(word) && !opensExistence(words, i)) {
                return true;
            }
            if (DEMONSTRATIVES.contains(word) && pointsBack(words, i)) {
                return true;
            }
        }
        return isFragment(words);
    }

    /** "Is there a …" and "there are" refer to nothing said before. */
    private static boolean opensExistence(List<String> words, int i) {
        Set<String> be = Set.of("is", "are", "was", "isn't", "aren't", "be");
        return words.get(i).equals("there")
                && ((i > 0 && be.contains(words.get(i - 1)))
                        || (i + 1 < words.size() && be.contains(words.get(i + 1))));
    }

    /**
     * Whether a demonstrative refers to something said before: "switch that off", "is that
     * possible", "in this case", but not "files that start with", "make sure that the".
     */
    private static boolean pointsBack(List<String> words, int i) {
        boolean last = i + 1 == words.size();
        if (words.get(i).equals("that") || words.get(i).equals("one")) {
            return last
                    || (AFTER_PRONOUN.contains(words.get(i + 1)) && !isRelative(words, i))
                    || (i > 0
                            && Set.of("is", "do", "does", "did", "can").contains(words.get(i - 1)));
        }
        return !words.get(i).equals("other") || last;
    }

    /** "files that are", "a page that is": the verb belongs to a noun before it. */
    private static boolean isRelative(List<String> words, int i) {
        return Set.of("is", "work", "works", "not").contains(words.get(i + 1))
                && i > 0
                && !Words.isStop(words.get(i - 1));
    }

    /**
     * Whether a question names nothing, or only a circumstance: "why?", "how on Windows", "in
     * YAML".
     */
    private static boolean isFragment(List<String> words) {
        List<String> topical = words.stream().filter(word -> !Words.isStop(word)).toList();
        if (topical.size() != 1) {
            return topical.isEmpty();
        }
        int at = words.indexOf(topical.getFirst());
        return at > 0 && at < 3 && PREPOSITIONS.contains(words.get(at - 1));
    }

    /** Words of the last question, and of the ones before it as long as those are follow-ups. */
    private static List<String> topic(List<Turn> history) {
        List<String> words = new ArrayList<>();
        for (Turn turn : history.reversed()) {
            List<String> these = new ArrayList<>(Words.written(turn.question()));
            these.removeIf(word -> Words.isStop(word) || words.contains(word));
            words.addAll(these);
            if (!leansOnHistory(turn.question())) {
                break;
            }
        }
        return Collections.unmodifiableList(words.subList(0, Math.min(MOST_WORDS, words.size())));
    }

    private static List<String> lowered(String text) {
        return Words.written(text).stream().map(word -> word.toLowerCase(Locale.ROOT)).toList();
    }

    private static String bare(String line) {
        return line.replaceAll(
                "^[\\s\"'“”„«»*_`>-]++|(?<![\\s\"'“”„«»*_`])[\\s\"'“”„«»*_`]++$", "");
    }
}
