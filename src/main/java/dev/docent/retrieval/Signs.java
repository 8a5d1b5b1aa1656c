package dev.docent.retrieval;

import dev.docent.rag.Candidates;
import dev.docent.rag.Hit;
import dev.docent.text.Words;
import dev.docent.text.Words.Token;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What a search shows about whether a site answers a question, in numbers that mean the same on
 * every site.
 *
 * @param words the largest share of the question's words in one passage, weighted by idf
 * @param strange see {@link Candidates#strangeness}
 * @param asked how many words the question has that an index is searched for; a compound is one
 * @param absent how many of them stand nowhere in the index, in no form, as no part of them does;
 *     one that is there with other letters counts half, because it may be a slip or another word
 * @param absentShare which share of its words that is
 * @param foreign whether the question is in another language than the site, as far as that shows
 * @param best the best cosine
 * @param margin by how much it exceeds the mean of the dense list
 */
record Signs(
        double words,
        double strange,
        int asked,
        double absent,
        double absentShare,
        boolean foreign,
        double best,
        double margin) {
    private static final int MOST_TERMS = 64;
    private static final double MENDED = 0.5;

    /**
     * The signs of a question.
     *
     * @param language of the site, see {@link Language}
     * @param hits those of the candidates that count
     */
    static Signs of(
            String question,
            String language,
            Candidates candidates,
            List<Hit> hits,
            Ranking ranking) {
        double best = hits.stream().mapToDouble(Hit::cosine).max().orElse(-1);
        double background =
                hits.stream()
                        .filter(hit -> hit.denseRank() > 0)
                        .mapToDouble(Hit::cosine)
                        .average()
                        .orElse(0);
        Set<String> known = new HashSet<>(candidates.idf().keySet());
        known.removeAll(candidates.unknown());
        List<Set<String>> asked = compounds(question);
        double absent = 0;
        for (Set<String> terms : asked) {
            if (terms.stream().noneMatch(known::contains)) {
                absent += candidates.unknown().containsAll(terms) ? 1 : MENDED;
            }
        }
        return new Signs(
                hits.stream().mapToDouble(ranking::words).max().orElse(0),
                candidates.strangeness(),
                asked.size(),
                absent,
                asked.isEmpty() ? 0 : absent / asked.size(),
                Language.differs(question, language),
                best,
                best - background);
    }

    /** The terms of each word. */
    private static List<Set<String>> compounds(String question) {
        List<Set<String>> compounds = new ArrayList<>();
        Token last = null;
        for (Token token : Words.asked(question, MOST_TERMS)) {
            if (last == null || !last.overlaps(token)) {
                compounds.add(new HashSet<>());
            }
            compounds.getLast().add(token.term());
            last = token;
        }
        return compounds;
    }
}
