package dev.docent.qdrant;

import dev.docent.qdrant.Transport.Found;
import dev.docent.qdrant.Transport.Nearest;
import dev.docent.qdrant.Transport.Nearest.ByTerms;
import dev.docent.qdrant.Transport.Nearest.ByVector;
import dev.docent.qdrant.Transport.Query;
import dev.docent.qdrant.Transport.Wanted;
import dev.docent.rag.Candidates;
import dev.docent.rag.Hit;
import dev.docent.text.Synonyms;
import dev.docent.text.Words;
import dev.docent.text.Words.Token;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
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
        Nearest byTerms = new ByTerms(words, Bm25Weights.question(terms));
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
        queries.addAll(samples(words, terms));
        List<List<Found>> answers = transport.query(target.name(), queries);
        Map<String, Double> idf = Idf.of(terms, answers.subList(first, answers.size()));
        Set<String> lacking = lacking(asked, idf.keySet());
        bySynonyms(words, lacking)
                .forEach((term, rarest) -> {
                    idf.put(term, rarest);
                    lacking.remove(term);
                });
        lacking.forEach(term -> idf.put(term, Idf.ofNone(target.passages())));
        // Synonyms beside their term may say more than the term alone can.
        double most = idf.values().stream().mapToDouble(Double::doubleValue).sum();
        Map<UUID, Double> scores = new HashMap<>();
        for (Found found : answers.get(first - 1)) {
            scores.put(found.id(), Math.min(most, found.score() * target.scale()));
        }
        return new Candidates(
                hits(answers.getFirst(), vector != null, scores, limit), idf, lacking);
    }

    /**
     * The terms that the index lacks, except those of a compound of which it knows a part or
     * another spelling. A collection of an older version has other terms for some words, so nothing
     * counts as lacking there.
     */
    private Set<String> lacking(List<Token> asked, Set<String> known) {
        if (target.former()) {
            return new HashSet<>();
        }
        List<Token> found = asked.stream().filter(one -> known.contains(one.term())).toList();
        return asked.stream()
                .filter(one -> found.stream().noneMatch(one::overlaps))
                .map(Token::term)
                .collect(Collectors.toCollection(HashSet::new));
    }

    /**
     * The terms of which it has synonyms, each with the highest idf of these. Only a question with
     * a term that is lacking needs this second call.
     */
    private Map<String, Double> bySynonyms(String words, Set<String> lacking) {
        List<String> synonyms =
                lacking.stream()
                        .flatMap(term -> Synonyms.of(term).stream())
                        .distinct()
                        .limit(MOST_TERMS)
                        .toList();
        Map<String, Double> found = new HashMap<>();
        if (!synonyms.isEmpty()) {
            Map<String, Double> idf =
                    Idf.of(synonyms, transport.query(target.name(), samples(words, synonyms)));
            for (String term : lacking) {
                Synonyms.of(term).stream()
                        .filter(idf::containsKey)
                        .mapToDouble(synonym -> idf.getOrDefault(synonym, 0.0))
                        .max()
                        .ifPresent(rarest -> found.put(term, rarest));
            }
        }
        return found;
    }

    /** For each term the passage that it is best found in, from which its idf can be told. */
    private static List<Query> samples(String words, List<String> terms) {
        return terms.stream()
                .map(term -> new ByTerms(words, Bm25Weights.term(term)))
                .map(byTerm -> new Query(byTerm, List.of(), 1, Wanted.TERMS))
                .toList();
    }

    private Candidates byVector(float[] vector, int limit) {
        String using = target.ours() ? Transport.DENSE : Transport.UNNAMED;
        Query query = new Query(new ByVector(using, vector), List.of(), limit, Wanted.PAYLOAD);
        List<Found> found = transport.query(target.name(), List.of(query)).getFirst();
        return new Candidates(hits(found, true, Map.of(), limit), Map.of());
    }

    /**
     * Merges the lists.
     *
     * @param candidates the union of the lists, best first
     * @param cosine whether the scores of the candidates are cosines
     * @param scores of the lexical list
     */
    private static List<Hit> hits(
            List<Found> candidates, boolean cosine, Map<UUID, Double> scores, int limit) {
        List<Hit> hits = new ArrayList<>();
        for (Found found : candidates) {
            int place = hits.size() + 1;
            hits.add(
                    new Hit(
                            Payload.passage(found.id(), found.payload()).outline(),
                            cosine ? found.score() : 0,
                            cosine && place <= limit ? place : 0,
                            scores.getOrDefault(found.id(), 0.0)));
        }
        return hits;
    }
}
