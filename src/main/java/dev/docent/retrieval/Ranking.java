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
 * <p>The share of the question's words is of the most that {@link dev.docent.rag.Bm25} can give,
 * the sum of their inverse document frequencies, and so means the same for every question. The
 * weights were chosen on 28 November 2026 on 274 questions about three sites; {@code
 * retrieval-journal.md} beside the questions of the tests tells what else was tried, with figures.
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
