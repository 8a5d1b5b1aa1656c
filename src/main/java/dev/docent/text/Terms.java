package dev.docent.text;

import java.lang.Character.UnicodeScript;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The words of a text by which texts are compared: in lower case, lightly stemmed, without the
 * words that carry no topic.
 *
 * <p>{@code autoCollapseCategories} counts as itself and as its three parts, and text of a script
 * without spaces as its pairs of characters. Endings and stop words are English ones; words of
 * other languages stay as they are, which costs some matches and breaks nothing.
 */
public final class Terms {
    private static final Pattern WORD =
            Pattern.compile("\\d+(?:\\.\\d+)+|[\\p{L}\\p{N}][\\p{L}\\p{N}\\p{M}]*(?:['’]\\p{L}+)?");
    private static final Pattern PART =
            Pattern.compile("\\p{Lu}+(?!\\p{Ll})|\\p{Lu}?[\\p{Ll}\\p{M}]+|\\p{N}+");

    /** What an s ends that is no plural. */
    private static final Set<String> ENDS_IN_S = Set.of("ss", "us", "is");

    private static final Set<String> STOP =
            Set.of(
                    ("a about after again all also although always am an and another any anything"
                                    + " are as at be because been before being both but by came can cannot"
                                    + " come could did do does doing done each either else ever every for"
                                    + " from get gets getting give go goes going got had has have having he"
                                    + " help her here him his how however i if in instead into is it its"
                                    + " just let like make makes making many may maybe me might more most"
                                    + " much must my need needs neither no nor not nothing now of off on"
                                    + " once one only onto or other our out over own please possible put"
                                    + " rather really same say see shall she should since so some something"
                                    + " still such tell than that the their them then there these they"
                                    + " thing things this those though through thus to too try under until"
                                    + " up upon us use used uses using very want wants was way we well were"
                                    + " what whatever when where whether which while who whom whose why"
                                    + " will with within without work works would yes yet you your")
                            .split(" "));

    private Terms() {}

    /** The terms in the order of the text, each as often as it occurs. */
    public static List<String> of(String text) {
        List<String> terms = new ArrayList<>();
        for (Matcher words = WORD.matcher(text); words.find(); ) {
            String word = words.group();
            if (isDense(word)) {
                addPairs(word, terms);
            } else if (!isStop(word)) {
                addWord(word, terms);
            }
        }
        return terms;
    }

    /** The words that carry a topic, as they are written. */
    public static List<String> topical(String text) {
        return words(text).stream().filter(word -> !isStop(word)).toList();
    }

    /** All words, as they are written. */
    public static List<String> words(String text) {
        return WORD.matcher(text).results().map(MatchResult::group).toList();
    }

    /** Whether a word carries no topic. */
    public static boolean isStop(String word) {
        return STOP.contains(bare(word));
    }

    private static void addWord(String word, Collection<String> terms) {
        String bare = bare(word);
        terms.add(stem(bare));
        if (bare.equals(word) && bare.chars().allMatch(Character::isLetter)) {
            return;
        }
        List<String> parts = PART.matcher(word).results().map(MatchResult::group).toList();
        if (parts.size() > 1) {
            for (String part : parts) {
                if (part.length() > 1 && !isStop(part)) {
                    terms.add(stem(bare(part)));
                }
            }
        }
    }

    /** Pairs of neighbours, as search engines index text that has no spaces. */
    private static void addPairs(String word, Collection<String> terms) {
        int[] points = word.codePoints().toArray();
        if (points.length == 1) {
            terms.add(word);
        }
        for (int i = 0; i + 1 < points.length; i++) {
            terms.add(new String(points, i, 2));
        }
    }

    private static boolean isDense(String word) {
        return switch (UnicodeScript.of(word.codePointAt(0))) {
            case HAN, HIRAGANA, KATAKANA, THAI, LAO, KHMER, MYANMAR -> true;
            default -> false;
        };
    }

    private static String bare(String word) {
        String lower = word.toLowerCase(Locale.ROOT);
        int apostrophe = Math.max(lower.indexOf('\''), lower.indexOf('’'));
        return apostrophe > 0 ? lower.substring(0, apostrophe) : lower;
    }

    /** Takes English endings off, so that "configure", "configured" and "configuration" meet. */
    static String stem(String word) {
        String stem = word;
        if (stem.length() > 3
                && stem.endsWith("s")
                && !ENDS_IN_S.contains(stem.substring(stem.length() - 2))) {
            stem = cut(stem, 1);
            stem = stem.endsWith("ie") ? cut(stem, 2) + "y" : stem;
        }
        if (stem.length() > 7 && stem.endsWith("ation")) {
            stem = cut(stem, 5);
        } else if (stem.length() > 7 && stem.endsWith("ment")) {
            stem = cut(stem, 4);
        } else if (stem.length() > 5 && stem.endsWith("ing")) {
            stem = undouble(cut(stem, 3));
        } else if (stem.length() > 4 && stem.endsWith("ed")) {
            stem = undouble(cut(stem, 2));
        } else if (stem.length() > 5 && stem.endsWith("ly")) {
            stem = cut(stem, 2);
        }
        return stem.length() > 4 && stem.endsWith("e") ? cut(stem, 1) : stem;
    }

    private static String undouble(String stem) {
        int last = stem.length() - 1;
        boolean twice = last > 2 && stem.charAt(last) == stem.charAt(last - 1);
        return twice && "lsz".indexOf(stem.charAt(last)) < 0 ? cut(stem, 1) : stem;
    }

    private static String cut(String text, int characters) {
        return text.substring(0, text.length() - characters);
    }
}
