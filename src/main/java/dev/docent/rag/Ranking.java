package dev.docent.rag;

import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The order of candidates: their cosine, plus how much of the question's words they hold, plus a
 * little for the page and the version that the reader looks at.
 *
 * <p>Chosen on 22 November 2026 on 44 questions in scope that readers of two sites ask (dev), and
 * on 73 that were written for it (own), over 2932 passages. Right heading in first place and among
 * the first five:
 *
 * <table>
 *   <caption>what was tried</caption>
 *   <tr><td></td><td>dev</td><td>own</td></tr>
 *   <tr><td>cosine alone</td><td>52, 71 %</td><td>47, 82 %</td></tr>
 *   <tr><td>BM25F alone</td><td>46, 68 %</td><td>45, 84 %</td></tr>
 *   <tr><td>reciprocal ranks, k 60, equal weights</td><td>57, 82 %</td><td>51, 82 %</td></tr>
 *   <tr><td>reciprocal ranks, k 5, equal weights</td><td>61, 80 %</td><td>51, 86 %</td></tr>
 *   <tr><td>cosine and BM25F, each scaled to 0 to 1 by its list</td><td>66, 80 %</td><td>55, 88 %</td></tr>
 *   <tr><td>cosine + 0.8 × BM25F / the question's ideal</td><td>66, 84 %</td><td>55, 93 %</td></tr>
 *   <tr><td>the same, headings counted twice in the vector</td><td>68, 84 %</td><td>59, 96 %</td></tr>
 * </table>
 *
 * <p>On 23 November 2026, with 51 questions more that were written after all this (held), and first
 * place, first five, and right file among five: weight 0.8, 64, 84, 93, then 56, 92, 96 and 55, 78,
 * 84 %; weight 1, 68, 84, 93, then 55, 93, 96 and 55, 80, 86 %; with the index's synonyms besides,
 * 70, 86, 93, then 55, 92, 96 and 59, 78, 84 %.
 *
 * <p>The ideal is the sum of the terms' inverse document frequencies, which BM25F cannot exceed: a
 * share of it means the same for every question, so that a question in other words than the site's
 * is left to its cosine. Weights from 0.5 to 1.2 differ by one or two questions, and so do weights
 * of the fields from 1 to 8 and BM25's k1 and b.
 *
 * <p>Added and dropped again, since none helped in cross-validation: share of the question's terms
 * in heading, title or parents, share of the heading's words that are asked for, mean of the page's
 * best passages, other parts of the section, presence in both lists, depth, length, position; a
 * vector of the question's content words beside the whole one; unquantised all-MiniLM-L6-v2 (68, 82
 * and 62, 96 %, at 1.7 times the cost); bge-small-en-v1.5, quantised, on one of the sites (67, 83
 * and 55, 95 % against 71, 88 and 63, 98 %, at 1.9 times the cost). Nor did, over all 168
 * questions, against 58 and 86 %: bge-small-en-v1.5, quantised, read as its card says and alone
 * (58, 84 %) or beside (60, 86 %, at three times the cost), sentences apart from their passage (55
 * to 58, 84 to 86 %), the first passages' vectors added to the question's (59, 88 % at best, 57, 86
 * % at other weights), the children's headings in the text (59, 85 %), the heading alone (57, 86
 * %).
 */
final class Ranking {
    private static final double WORDS = 1;
    private static final double PAGE = 0.1;

    private final double ideal;
    private final @Nullable String page;

    /**
     * Prepares the ranking of one search.
     *
     * @param page path of the page that the reader is on, null where it is not known
     */
    Ranking(Candidates candidates, @Nullable String page) {
        this.ideal = ideal(candidates);
        this.page = page;
    }

    /** Candidates best first, one for each section, and no text twice. */
    List<Hit> order(List<Hit> hits) {
        return hits.stream()
                .sorted(Comparator.comparingDouble(this::score).reversed())
                .filter(Distinct.by(hit -> List.of(hit.passage().file(), hit.passage().anchor())))
                .filter(Distinct.by(hit -> hit.passage().heading() + '\n' + hit.passage().text()))
                .toList();
    }

    /** How much of what words can say for a passage is said for this one, 0 to 1. */
    double words(Hit hit) {
        return ideal == 0 ? 0 : Math.min(1, hit.bm25() / ideal);
    }

    /** How well a passage fits the question, whatever page the reader is on. */
    double fit(Hit hit) {
        return hit.cosine() + WORDS * words(hit);
    }

    private double score(Hit hit) {
        return fit(hit) + PAGE * nearness(hit.passage());
    }

    /** The share of the reader's path that a passage's page shares from the left, 0 to 1. */
    private double nearness(Passage passage) {
        if (page == null) {
            return 0;
        }
        String path = passage.url() == null ? passage.file() : passage.url();
        List<String> here = segments(page);
        List<String> there = segments(page.endsWith(extension(passage)) ? passage.file() : path);
        int shared = 0;
        while (shared < Math.min(here.size(), there.size())
                && here.get(shared).equals(there.get(shared))) {
            shared++;
        }
        int longest = Math.max(here.size(), there.size());
        return longest == 0 ? 1 : (double) shared / longest;
    }

    private static String extension(Passage passage) {
        int dot = passage.file().lastIndexOf('.');
        return dot < 0 ? passage.file() : passage.file().substring(dot);
    }

    private static List<String> segments(String path) {
        int end = path.length();
        for (char mark : new char[] {'#', '?'}) {
            int at = path.indexOf(mark);
            end = at < 0 ? end : Math.min(end, at);
        }
        return List.of(path.substring(0, end).split("/+")).stream()
                .filter(segment -> !segment.isEmpty())
                .toList();
    }

    /** Without rarities the best score of the list has to stand for the ideal. */
    private static double ideal(Candidates candidates) {
        return candidates.rarity().isEmpty()
                ? candidates.hits().stream().mapToDouble(Hit::bm25).max().orElse(0) * 3
                : candidates.rarity().values().stream().mapToDouble(Double::doubleValue).sum();
    }
}
