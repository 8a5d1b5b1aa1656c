package dev.docent.chat;

import dev.docent.rag.Passage;
import dev.docent.text.Excerpts;
import dev.docent.text.Words;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The passages that an answer without citations demonstrably rests on.
 *
 * <p>A sentence of the answer rests on the passage that holds most of it: at least {@value #TERMS}
 * different terms, {@value #SHARED_TERMS} of them in the passage and {@value #SHARED_PAIRS} of its
 * pairs of neighbouring terms as well. Single terms would not suffice, because passages of one site
 * share many.
 */
final class Grounds {
    private static final int TERMS = 5;
    private static final double SHARED_TERMS = 0.7;
    private static final double SHARED_PAIRS = 0.5;

    private Grounds() {}

    /** The passages by index from 0, in the order of the sentences that rest on them. */
    static List<Integer> of(String answer, List<Passage> passages) {
        List<Text> sentences =
                Excerpts.of(answer).stream()
                        .map(excerpt -> Text.of(excerpt.plain()))
                        .filter(sentence -> sentence.terms().size() >= TERMS)
                        .toList();
        if (sentences.isEmpty()) {
            return List.of();
        }
        List<Text> texts = passages.stream().map(passage -> Text.of(passage.text())).toList();
        Set<Integer> grounds = new LinkedHashSet<>();
        for (Text sentence : sentences) {
            int best = -1;
            double most = 0;
            for (int i = 0; i < texts.size(); i++) {
                double pairs = share(sentence.pairs(), texts.get(i).pairs());
                if (share(sentence.terms(), texts.get(i).terms()) >= SHARED_TERMS
                        && pairs >= SHARED_PAIRS
                        && pairs > most) {
                    most = pairs;
                    best = i;
                }
            }
            if (best >= 0) {
                grounds.add(best);
            }
        }
        return List.copyOf(grounds);
    }

    private static double share(Set<String> part, Set<String> whole) {
        return (double) part.stream().filter(whole::contains).count() / Math.max(1, part.size());
    }

    private record Text(Set<String> terms, Set<String> pairs) {
        static Text of(String text) {
            List<String> terms = new ArrayList<>(Words.topics(text));
            Set<String> pairs = new HashSet<>();
            for (int i = 0; i + 1 < terms.size(); i++) {
                pairs.add(terms.get(i) + ' ' + terms.get(i + 1));
            }
            return new Text(new HashSet<>(terms), pairs);
        }
    }
}
