package dev.docent.retrieval;

import dev.docent.rag.Candidates;
import dev.docent.rag.Hit;
import dev.docent.rag.Passage;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The order of candidates: their cosine, plus how much of the question's words they hold, plus a
 * little for the page and the version that the reader looks at, less a little for each better
 * section of the same page.
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
 *
 * <p>On 28 November 2026, with 274 questions about three sites of 750 to 2034 passages, 230 of them
 * new, and first place, first five, and right file among five: as it was, 64, 84, 91 %; with 207
 * groups of synonyms in place of 52 and BM25's b at 0.4, 65, 86, 90 %; with sections of one page
 * set apart by 0.03 besides, 65, 86, 91 %. The local models, each with its prefixes, its pooling
 * and its best weight, and seconds for 4033 texts on two cores: all-MiniLM-L6-v2 63, 85, 90 %, 26
 * s; bge-small-en-v1.5 60, 82, 91 %, 48 s; e5-small-v2 60, 84, 89 %, 51 s; all quantised.
 * All-MiniLM with a third of bge beside it: 63, 85, 91 %; with a third of e5, 63, 85, 90 %.
 *
 * <p>Of the 41 questions that missed the first five then, 6 had the right passage in neither list,
 * 14 far down in both, and 5 had a sibling first: the reader's words and the site's share too
 * little for this model. Dropped, since none gave more than a question or two, or gave them on one
 * site only: weights of words from 0.6 to 1.5, of fields, of headings in the vector from 0 to 1
 * (0.2: 64, 87, 91 %), of synonyms from 0.2 to 0.8; candidates to a depth of 300; a longer list of
 * words that ask; the site's own words near to the question's by their vectors as synonyms; the
 * parent's score, the page's best sections, the page's mean vector, the children's vectors, the
 * better of text and heading; typing errors mended before the question is embedded (16 questions:
 * 13 to 14 among five). British spelling needs nothing of its own: an unknown word finds its
 * neighbour.
 */
final class Ranking {
    private static final double WORDS = 1;
    private static final double PAGE = 0.1;

    /** What each better section of the same page takes, so that more pages are among the first. */
    private static final double CROWD = 0.03;

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
        Map<String, Integer> better = new HashMap<>();
        return hits.stream()
                .sorted(Comparator.comparingDouble(this::score).reversed())
                .filter(Distinct.by(hit -> List.of(hit.passage().file(), hit.passage().anchor())))
                .filter(Distinct.by(hit -> hit.passage().heading() + '\n' + hit.passage().text()))
                .map(hit -> {
                    int before = better.merge(hit.passage().file(), 1, Integer::sum) - 1;
                    return Map.entry(score(hit) - CROWD * before, hit);
                })
                .sorted(Map.Entry.<Double, Hit>comparingByKey().reversed())
                .map(Map.Entry::getValue)
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
        return candidates.idf().isEmpty()
                ? candidates.hits().stream().mapToDouble(Hit::bm25).max().orElse(0) * 3
                : candidates.idf().values().stream().mapToDouble(Double::doubleValue).sum();
    }
}
