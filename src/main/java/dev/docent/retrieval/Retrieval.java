package dev.docent.retrieval;

import dev.docent.rag.Passage;
import java.util.List;
import java.util.Set;

/**
 * What was found for a question.
 *
 * @param verdict whether the passages may be answered from; if not, the service declines to answer
 * @param hits best first, one per section; without evidence, the nearest ones
 * @param missing names in the question that stand nowhere on the site, as the reader wrote them
 */
public record Retrieval(Verdict verdict, List<Scored> hits, Set<String> missing) {

    public Retrieval {
        hits = List.copyOf(hits);
        missing = Set.copyOf(missing);
    }

    /** Whether the passages may be answered from. */
    public boolean evidence() {
        return verdict == Verdict.ANSWERABLE;
    }

    /**
     * A passage that was found.
     *
     * @param passage with its text
     * @param cosine between the question's and the passage's vector, -1 to 1; 0 if the search had
     *     no vector
     */
    public record Scored(Passage passage, double cosine) {}

    /** The passages of the hits, best first. */
    public List<Passage> passages() {
        return hits.stream().map(Scored::passage).toList();
    }

    /**
     * The best passage of each of the first pages, for a refusal that points to them.
     *
     * @param most how many pages
     */
    public List<Passage> nearestPages(int most) {
        return passages().stream().filter(Distinct.by(Passage::file)).limit(most).toList();
    }
}
