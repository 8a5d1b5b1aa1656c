package dev.docent.qdrant;

import dev.docent.lucene.WordIndex;
import dev.docent.qdrant.Transport.Found;
import dev.docent.qdrant.Transport.Query;
import dev.docent.qdrant.Transport.Scroll;
import dev.docent.rag.Candidates;
import dev.docent.rag.Hit;
import dev.docent.rag.Outline;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One search: words in memory, then two queries by vector in one call. */
final class Search {
    private final Transport transport;
    private final QdrantFailures failures;
    private final Target target;
    private final @Nullable WordIndex words;

    /**
     * Prepares it.
     *
     * @param words null while they are not known
     */
    Search(Transport transport, QdrantFailures failures, Target target, @Nullable WordIndex words) {
        this.transport = transport;
        this.failures = failures;
        this.target = target;
        this.words = words;
    }

    Candidates run(String text, float @Nullable [] vector, int limit) {
        if (vector != null && vector.length != target.dimension()) {
            throw failures.dimension(target.dimension(), vector.length);
        }
        int most = Math.min(limit, target.most());
        Candidates byWords = words == null ? null : words.search(text, most);
        if (vector == null) {
            if (byWords == null) {
                throw failures.wordsUnread();
            }
            return byWords;
        }
        Map<UUID, Hit> lexical = new LinkedHashMap<>();
        if (byWords != null) {
            byWords.hits().forEach(hit -> lexical.put(hit.passage().id(), hit));
        }
        List<Float> point = Transport.floats(vector);
        List<Query> queries = new ArrayList<>();
        queries.add(new Query(target.using(), point, List.of(), most));
        if (!lexical.isEmpty()) {
            // For the cosines of what words alone have found.
            queries.add(new Query(target.using(), point, lexical.keySet(), lexical.size()));
        }
        List<List<Found>> answers = transport.query(target.name(), queries);
        return new Candidates(
                hits(answers, lexical),
                byWords == null ? Map.of() : byWords.idf(),
                byWords == null ? Set.of() : byWords.unknown());
    }

    private List<Hit> hits(List<List<Found>> answers, Map<UUID, Hit> lexical) {
        Map<UUID, Outline> outlines = outlines(answers);
        Map<UUID, Hit> hits = new LinkedHashMap<>();
        for (List<Found> answer : answers) {
            boolean dense = hits.isEmpty();
            for (Found found : answer) {
                Outline outline = outlines.get(found.id());
                Hit byWords = lexical.get(found.id());
                if (outline != null) {
                    hits.putIfAbsent(
                            found.id(),
                            new Hit(
                                    outline,
                                    found.score(),
                                    dense ? hits.size() + 1 : 0,
                                    byWords == null ? 0 : byWords.bm25()));
                }
            }
        }
        return List.copyOf(hits.values());
    }

    /** Of everything that was found; what is not known yet is asked for. */
    private Map<UUID, Outline> outlines(List<List<Found>> answers) {
        Map<UUID, Outline> outlines = new HashMap<>();
        Set<UUID> unknown = new LinkedHashSet<>();
        for (List<Found> answer : answers) {
            for (Found found : answer) {
                Optional<Outline> known =
                        words == null ? Optional.empty() : words.outline(found.id());
                known.ifPresentOrElse(
                        outline -> outlines.put(found.id(), outline),
                        () -> unknown.add(found.id()));
            }
        }
        if (!unknown.isEmpty()) {
            transport.forEachPage(
                    target.name(),
                    Scroll.of(unknown, target.most()),
                    points ->
                            points.forEach(point ->
                                    outlines.put(
                                            point.id(),
                                            Payload.passage(point.id(), point.payload())
                                                    .outline())));
        }
        return outlines;
    }
}
