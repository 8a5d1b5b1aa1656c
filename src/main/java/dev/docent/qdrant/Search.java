package dev.docent.qdrant;

import dev.docent.qdrant.Transport.Found;
import dev.docent.qdrant.Transport.Nearest;
import dev.docent.qdrant.Transport.Nearest.ByTerms;
import dev.docent.qdrant.Transport.Nearest.ByVector;
import dev.docent.qdrant.Transport.Query;
import dev.docent.qdrant.Transport.Wanted;
import dev.docent.rag.Candidates;
import dev.docent.rag.Hit;
import dev.docent.text.Words;
import dev.docent.text.Words.Token;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One search in one round trip. */
final class Search {
    /** Longer questions are cut, because each term takes a query for its idf. */
    private static final int MOST_TERMS = 24;

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
        String words = target.words();
        List<Token> asked = words == null ? List.of() : Words.asked(text, MOST_TERMS);
        if (words == null || asked.isEmpty()) {
            return vector == null ? new Candidates(List.of(), Map.of()) : byVector(vector, limit);
        }
        List<String> terms = asked.stream().map(Token::term).distinct().toList();
        Nearest byTerms = new ByTerms(words, Bm25Weights.query(terms));
        List<Query> queries = new ArrayList<>();
        if (vector == null) {
            queries.add(new Query(byTerms, List.of(), limit, Wanted.PAYLOAD));
        } else {
            // The first query ranks the union of both lists by cosine, so that every candidate has
            // a cosine; the second one returns the lexical list.
            Nearest byVector = new ByVector(Transport.DENSE, vector);
            queries.add(new Query(byVector, List.of(byVector, byTerms), limit, Wanted.PAYLOAD));
            queries.add(new Query(byTerms, List.of(), limit, Wanted.NOTHING));
        }
        int first = queries.size();
        for (String term : terms) {
            Nearest byTerm = new ByTerms(words, Bm25Weights.query(List.of(term)));
            queries.add(new Query(byTerm, List.of(), 1, Wanted.TERMS));
        }
        List<List<Found>> answers = transport.query(target.name(), queries);
        Map<String, Double> idf = Idf.of(terms, answers.subList(first, answers.size()));
        Set<String> unknown = unknown(asked, idf.keySet());
        unknown.forEach(term -> idf.put(term, Idf.ofNone(target.passages())));
        return new Candidates(
                hits(answers.getFirst(), vector != null, answers.get(first - 1), limit),
                idf,
                unknown);
    }

    /**
     * The terms that the index lacks, except those of a compound of which it knows a part or
     * another spelling. A collection of an older version has other terms for some words, so nothing
     * counts as unknown there.
     */
    private Set<String> unknown(List<Token> asked, Set<String> known) {
        if (target.former()) {
            return Set.of();
        }
        List<Token> found = asked.stream().filter(one -> known.contains(one.term())).toList();
        return asked.stream()
                .filter(one -> found.stream().noneMatch(one::overlaps))
                .map(Token::term)
                .collect(Collectors.toSet());
    }

    private Candidates byVector(float[] vector, int limit) {
        String using = target.ours() ? Transport.DENSE : Transport.UNNAMED;
        Query query = new Query(new ByVector(using, vector), List.of(), limit, Wanted.PAYLOAD);
        List<Found> found = transport.query(target.name(), List.of(query)).getFirst();
        return new Candidates(hits(found, true, List.of(), limit), Map.of());
    }

    /**
     * Merges the lists.
     *
     * @param candidates the union of the lists, best first
     * @param cosine whether the scores of the candidates are cosines
     * @param byTerms the lexical list
     */
    private List<Hit> hits(List<Found> candidates, boolean cosine, List<Found> byTerms, int limit) {
        Map<UUID, Double> scores = new HashMap<>();
        byTerms.forEach(found -> scores.put(found.id(), found.score() * target.scale()));
        List<Hit> hits = new ArrayList<>();
        for (Found found : candidates) {
            int place = hits.size() + 1;
            hits.add(
                    new Hit(
                            Payload.passage(found.id(), found.payload()),
                            cosine ? found.score() : 0,
                            cosine && place <= limit ? place : 0,
                            scores.getOrDefault(found.id(), 0.0)));
        }
        return hits;
    }
}
