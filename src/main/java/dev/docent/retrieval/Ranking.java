package dev.docent.retrieval;

import dev.docent.rag.Candidates;
import dev.docent.rag.Hit;
import dev.docent.rag.Outline;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Ranks candidates by their cosine, plus the share of the question's words that they hold, plus a
 * little for the page and the version that the reader is on (or minus a little for what is not the
 * last released version, if no page is known), minus a little for each better section of the same
 * page.
 *
 * <p>The share of the question's words is the {@link dev.docent.rag.Bm25} score divided by its
 * upper limit, the sum of their inverse document frequencies, so that it has the same meaning for
 * every question. The weights were chosen on 28 November 2026 on 274 questions about three sites;
 * {@code retrieval-journal.md} beside the questions of the tests has figures, and what else was
 * tried.
 */
final class Ranking {
    private static final double WORDS = 1;
    private static final double PAGE = 0.1;

    /** Deduction for a version other than the last released one, where no page is known. */
    private static final double VERSION = 0.1;

    /** How Docusaurus' folders of versions begin. */
    private static final String FOLDER = "version-";

    /**
     * Deduction for each better section of the same page, so that more pages are among the first.
     */
    private static final double CROWD = 0.03;

    private final double ideal;
    private final @Nullable String page;
    private final double stretch;

    /**
     * Prepares the ranking of one search.
     *
     * @param page path of the page that the reader is on, null where it is not known
     */
    Ranking(Candidates candidates, @Nullable String page) {
        this(candidates, page, 1);
    }

    /**
     * The same in a space with other cosines than all-MiniLM's.
     *
     * @param stretch what to multiply a cosine with, so that it weighs as much beside the words
     */
    Ranking(Candidates candidates, @Nullable String page, double stretch) {
        this.ideal = ideal(candidates);
        this.page = page;
        this.stretch = stretch;
    }

    /** The candidates, best first, one per section, without repeated texts. */
    List<Hit> order(List<Hit> hits) {
        Map<String, Integer> better = new HashMap<>();
        Comparator<Map.Entry<Double, Hit>> bestFirst =
                Map.Entry.<Double, Hit>comparingByKey().reversed();
        return hits.stream()
                .map(hit -> Map.entry(score(hit), hit))
                .sorted(bestFirst)
                .filter(Distinct.by(scored -> section(scored.getValue().passage())))
                .filter(Distinct.by(scored -> content(scored.getValue().passage())))
                .map(scored -> {
                    String file = scored.getValue().passage().file();
                    int before = better.merge(file, 1, Integer::sum) - 1;
                    return Map.entry(scored.getKey() - CROWD * before, scored.getValue());
                })
                .sorted(bestFirst)
                .map(Map.Entry::getValue)
                .toList();
    }

    private static List<Object> section(Outline passage) {
        return List.of(passage.file(), passage.anchor());
    }

    private static List<Object> content(Outline passage) {
        return List.of(passage.heading(), passage.textHash());
    }

    /** The share of the question's words that a passage holds, weighted by idf, 0 to 1. */
    double words(Hit hit) {
        return ideal == 0 ? 0 : Math.min(1, hit.bm25() / ideal);
    }

    /** How well a passage fits the question, whatever page the reader is on. */
    double fit(Hit hit) {
        return stretch * hit.cosine() + WORDS * words(hit);
    }

    private double score(Hit hit) {
        return page != null
                ? fit(hit) + PAGE * nearness(hit.passage())
                : fit(hit) - (isOtherVersion(hit.passage()) ? VERSION : 0);
    }

    /**
     * Whether a passage is of a version that a reader gets only by asking for it: the unreleased
     * one, or one before the last. Docusaurus gives these a part of the path, and has all but the
     * unreleased one in folders called {@code version-1.0}.
     */
    private static boolean isOtherVersion(Outline passage) {
        String url = passage.url();
        if (url == null || !(url.contains("next") || passage.file().contains(FOLDER))) {
            return false;
        }
        List<String> folders = segments(passage.file());
        List<String> path = segments(path(url));
        return (path.contains("next") && !folders.contains("next"))
                || folders.stream()
                        .filter(folder -> folder.startsWith(FOLDER))
                        .anyMatch(folder -> path.contains(folder.substring(FOLDER.length())));
    }

    /**
     * The share of the reader's path, from its start, that a passage's page has in common with it,
     * 0 to 1.
     */
    private double nearness(Outline passage) {
        if (page == null) {
            return 0;
        }
        String path = passage.url() == null ? passage.file() : path(passage.url());
        List<String> here = segments(path(page));
        List<String> there = segments(page.endsWith(extension(passage)) ? passage.file() : path);
        int shared = 0;
        while (shared < Math.min(here.size(), there.size())
                && here.get(shared).equals(there.get(shared))) {
            shared++;
        }
        int longest = Math.max(here.size(), there.size());
        return longest == 0 ? 1 : (double) shared / longest;
    }

    /** The path of an address, which may lack its scheme and host. */
    private static String path(String address) {
        int scheme = address.indexOf("://");
        int slash = address.indexOf('/', scheme < 0 ? 0 : scheme + 3);
        return scheme < 0 ? address : slash < 0 ? "/" : address.substring(slash);
    }

    private static String extension(Outline passage) {
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

    /**
     * The upper limit of the lexical score; without idfs, three times the best score in the list.
     */
    private static double ideal(Candidates candidates) {
        return candidates.idf().isEmpty()
                ? candidates.hits().stream().mapToDouble(Hit::bm25).max().orElse(0) * 3
                : candidates.idf().values().stream().mapToDouble(Double::doubleValue).sum();
    }
}
