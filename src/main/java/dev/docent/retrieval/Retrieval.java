package dev.docent.retrieval;

import dev.docent.rag.Hit;
import dev.docent.rag.Passage;
import java.util.List;

/**
 * What was found for a question.
 *
 * @param evidence whether an answer may rest on the passages; if not, the reader is refused
 * @param hits best first, one for each section; also there without evidence, as the nearest there
 *     is
 */
public record Retrieval(boolean evidence, List<Hit> hits) {

    public Retrieval {
        hits = List.copyOf(hits);
    }

    /** The passages of the hits, best first. */
    public List<Passage> passages() {
        return hits.stream().map(Hit::passage).toList();
    }

    /**
     * The best passage of each of the first pages, for a refusal that points to what is nearest.
     *
     * @param most how many pages
     */
    public List<Passage> nearestPages(int most) {
        return passages().stream().filter(Distinct.by(Passage::file)).limit(most).toList();
    }
}
