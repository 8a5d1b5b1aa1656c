package dev.docent.quoting;

import dev.docent.rag.Passage;
import dev.docent.text.CodePoints;
import dev.docent.text.Excerpt;
import dev.docent.text.Excerpt.Kind;
import dev.docent.text.Excerpts;
import dev.docent.text.Words;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A passage cut into what can be quoted of it, read once for all that is asked of it. Immutable.
 *
 * @param headings its title and heading
 * @param excerpts in reading order
 * @param terms for each excerpt its topical ones
 */
public record Quotable(String headings, List<Excerpt> excerpts, List<Set<String>> terms) {
    /** A sentence that is shown beside a source is no longer than this, in characters. */
    public static final int LONGEST_QUOTE = 300;

    /** Reads a passage. */
    public static Quotable of(Passage passage) {
        List<Excerpt> excerpts = Excerpts.of(passage.text());
        return new Quotable(
                passage.title() + " " + passage.heading(),
                excerpts,
                excerpts.stream()
                        .map(excerpt -> (Set<String>) new HashSet<>(Words.topics(excerpt.plain())))
                        .toList());
    }

    /**
     * The sentence that supports an answer or answers a question best, as plain text and word for
     * word, at most {@value #LONGEST_QUOTE} characters.
     *
     * @return empty where no sentence shares enough with it to stand out
     */
    public Optional<String> best(String answer) {
        Set<String> wanted = new LinkedHashSet<>(Words.topics(answer));
        String best = "";
        double most = 0;
        for (int i = 0; i < excerpts.size(); i++) {
            long shared = terms.get(i).stream().filter(wanted::contains).count();
            double score = shared / Math.sqrt(terms.get(i).size() + 4.0);
            if (excerpts.get(i).kind() != Kind.CODE && shared > 1 && score > most) {
                most = score;
                best = excerpts.get(i).plain();
            }
        }
        return Optional.of(best).filter(text -> !text.isEmpty()).map(Quotable::bounded);
    }

    /** Whether an answer holds the sentence that answers a question best. */
    public boolean quotedIn(String answer, String question) {
        // Most answers are in words of their own, which is seen without comparing terms.
        return excerpts.stream().anyMatch(excerpt -> answer.contains(bounded(excerpt.plain())))
                && best(question).filter(answer::contains).isPresent();
    }

    private static String bounded(String sentence) {
        if (sentence.length() <= LONGEST_QUOTE) {
            return sentence;
        }
        int end = sentence.lastIndexOf(' ', LONGEST_QUOTE);
        return sentence.substring(0, end > 0 ? end : CodePoints.end(sentence, LONGEST_QUOTE));
    }
}
