package dev.docent.qdrant;

import dev.docent.qdrant.Transport.Found;
import dev.docent.qdrant.Transport.Nearest;
import dev.docent.qdrant.Transport.Nearest.ByTerms;
import dev.docent.qdrant.Transport.Nearest.ByVector;
import dev.docent.qdrant.Transport.Query;
import dev.docent.qdrant.Transport.Wanted;
import dev.docent.rag.Candidates;
import dev.docent.rag.Hit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One search in one round trip. */
final class Search {
    /** More of a long question's terms are searched for, but their rarity is not looked up. */
    private static final int MAX_IDFS = 16;

    private final Transport transport;
    private final QdrantFailures failures;
    private final Target target;

    Search(Transport transport, QdrantFailures failures, Target target) {
        this.transport = transport;
        this.failures = failures;
        this.target = target;
    }

    Candidates run(String text, float @Nullable [] vector, int limit) {
        if (vector != null && vector.length != target.dimension()) {
            throw failures.dimension(target.dimension(), vector.length);
        }
        if (vector == null && !target.ours()) {
            throw failures.wordsAlone();
        }
        List<String> terms =
                target.ours() ? List.copyOf(new LinkedHashSet<>(Terms.of(text))) : List.of();
        if (terms.isEmpty()) {
            return vector == null ? new Candidates(List.of(), Map.of()) : byVector(vector, limit);
        }
        Nearest byTerms = new ByTerms(Terms.query(terms));
        List<Query> queries = new ArrayList<>();
        if (vector == null) {
            queries.add(new Query(byTerms, List.of(), limit, Wanted.PAYLOAD));
        } else {
            // The first query ranks the union of both lists by cosine, so that every candidate has
            // one; the second tells which of them the lexical list holds, and in what order.
            Nearest byVector = new ByVector(Transport.DENSE, vector);
            queries.add(new Query(byVector, List.of(byVector, byTerms), limit, Wanted.PAYLOAD));
            queries.add(new Query(byTerms, List.of(), limit, Wanted.NOTHING));
        }
        int first = queries.size();
        List<String> rated = terms.subList(0, Math.min(terms.size(), MAX_IDFS));
        for (String term : rated) {
            Nearest byTerm = new ByTerms(Terms.query(List.of(term)));
            queries.add(new Query(byTerm, List.of(), 1, Wanted.TERMS));
        }
        List<List<Found>> answers = transport.query(target.name(), queries);
        List<List<Found>> samples = answers.subList(first, answers.size());
        Set<String> unknown = new HashSet<>(rated);
        for (int i = 0; i < rated.size(); i++) {
            if (!samples.get(i).isEmpty()) {
                unknown.remove(rated.get(i));
            }
        }
        return new Candidates(
                hits(answers.getFirst(), vector != null, answers.get(first - 1), limit),
                Idf.of(rated, samples, target.passages()),
                unknown);
    }

    private Candidates byVector(float[] vector, int limit) {
        String using = target.ours() ? Transport.DENSE : Transport.UNNAMED;
        Query query = new Query(new ByVector(using, vector), List.of(), limit, Wanted.PAYLOAD);
        List<Found> found = transport.query(target.name(), List.of(query)).getFirst();
        return new Candidates(hits(found, true, List.of(), limit), Map.of());
    }

    /**
     * Puts the lists together.
     *
     * @param candidates all of them, best first
     * @param cosine whether their scores are cosines
     * @param byTerms the lexical list, best first
     */
    private static List<Hit> hits(
            List<Found> candidates, boolean cosine, List<Found> byTerms, int limit) {
        Map<UUID, Integer> termRanks = new HashMap<>();
        for (Found found : byTerms) {
            termRanks.put(found.id(), termRanks.size() + 1);
        }
        List<Hit> hits = new ArrayList<>();
        for (Found found : candidates) {
            int place = hits.size() + 1;
            int termRank = termRanks.getOrDefault(found.id(), 0);
            hits.add(
                    new Hit(
                            Payload.passage(found.id(), found.payload()),
                            cosine ? found.score() : 0,
                            cosine && place <= limit ? place : 0,
                            termRank == 0 ? 0 : byTerms.get(termRank - 1).score(),
                            termRank));
        }
        return hits;
    }
}
