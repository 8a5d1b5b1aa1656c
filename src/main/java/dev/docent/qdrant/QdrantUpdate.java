package dev.docent.qdrant;

import dev.docent.failure.DependencyException;
import dev.docent.qdrant.Transport.Page;
import dev.docent.qdrant.Transport.Point;
import dev.docent.qdrant.Transport.Scroll;
import dev.docent.qdrant.Transport.Stored;
import dev.docent.rag.EmbeddingSpace;
import dev.docent.rag.IndexUpdate;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The next generation: a collection {@code <alias>-v<n>} that the alias {@code <alias>-next} points
 * to once everything published was copied into it. A collection without either alias was left by a
 * crash during copying, and is deleted. Two processes must not update one index at the same time;
 * Qdrant has no lock to prevent that.
 */
final class QdrantUpdate implements IndexUpdate {
    private static final Logger LOG = LoggerFactory.getLogger(QdrantUpdate.class);

    /** How many points with vectors one message holds: well under 2 MB even as JSON. */
    private static final int BATCH = 64;

    private static final int PAGE_OF_HASHES = 1000;

    private static final String NEXT = "-next";

    private final Transport transport;
    private final String alias;
    private final String next;
    private final EmbeddingSpace space;
    private final Runnable changed;
    private final Runnable ended;
    private final Set<String> generations;
    private final String staged;
    private final @Nullable String published;
    private boolean closed;

    /**
     * Deletes what a crash left, and starts or continues a generation.
     *
     * @param changed called when another generation is published
     * @param ended called once, when the update is closed
     */
    QdrantUpdate(
            Transport transport,
            String alias,
            EmbeddingSpace space,
            Runnable changed,
            Runnable ended) {
        this.transport = transport;
        this.alias = alias;
        this.next = alias + NEXT;
        this.space = space;
        this.changed = changed;
        this.ended = ended;
        Map<String, String> aliases = transport.aliases();
        published = aliases.get(alias);
        String begun = aliases.get(next);
        generations = generations();
        String base = base(transport, aliases, alias, space).orElse(null);
        if (base != null && base.equals(begun) && current(transport, base)) {
            staged = base;
        } else {
            staged = alias + "-v" + (1 + newest());
        }
        generations.stream()
                .filter(name -> !name.equals(staged))
                .filter(name -> !name.equals(published) && !name.equals(base))
                .forEach(transport::drop);
        if (!staged.equals(begun)) {
            begin(base);
        }
    }

    /** The embedding model of a collection that Docent filled; empty while it has no points. */
    static Optional<String> model(Transport transport, String collection) {
        Scroll first = new Scroll(List.of(), null, 1, List.of(Payload.MODEL), false);
        return transport.scroll(collection, first).points().stream()
                .map(point -> Payload.text(point.payload(), Payload.MODEL, ""))
                .filter(model -> !model.isEmpty())
                .findFirst();
    }

    /** Whether exactly these passages are published in a space and no update is unfinished. */
    static boolean published(
            Transport transport, String alias, EmbeddingSpace space, Map<UUID, String> passages) {
        Map<String, String> aliases = transport.aliases();
        String published = aliases.get(alias);
        return published != null
                && !aliases.containsKey(alias + NEXT)
                && current(transport, published)
                && fits(transport, published, space)
                && transport.count(published) == passages.size()
                && hashes(transport, published).equals(passages);
    }

    /** What an update in a space would start with; see {@link #QdrantUpdate}. */
    static Map<UUID, String> present(Transport transport, String alias, EmbeddingSpace space) {
        return base(transport, transport.aliases(), alias, space)
                .map(generation -> hashes(transport, generation))
                .orElse(Map.of());
    }

    /** The generation that an update in a space goes on with or begins with a copy of. */
    private static Optional<String> base(
            Transport transport, Map<String, String> aliases, String alias, EmbeddingSpace space) {
        return Stream.of(alias + NEXT, alias)
                .map(aliases::get)
                .filter(Objects::nonNull)
                .filter(generation -> fits(transport, generation, space))
                .findFirst();
    }

    /** Whether a generation's words are as this version writes them. */
    private static boolean current(Transport transport, String generation) {
        return transport
                .vectors(generation)
                .filter(vectors -> vectors.sparse().contains(Transport.SPARSE))
                .isPresent();
    }

    @Override
    public Map<UUID, String> present() {
        return hashes(transport, staged);
    }

    private static Map<UUID, String> hashes(Transport transport, String collection) {
        Map<UUID, String> hashes = new HashMap<>();
        Scroll all = new Scroll(List.of(), null, PAGE_OF_HASHES, List.of(Payload.HASH), false);
        forEachPage(
                transport,
                collection,
                all,
                points ->
                        points.forEach(point ->
                                hashes.put(
                                        point.id(),
                                        Payload.text(point.payload(), Payload.HASH, ""))));
        return hashes;
    }

    @Override
    public void put(List<Entry> entries) {
        for (int from = 0; from < entries.size(); from += BATCH) {
            transport.upsert(
                    staged,
                    entries.subList(from, Math.min(entries.size(), from + BATCH)).stream()
                            .map(this::point)
                            .toList());
        }
    }

    @Override
    public void remove(Collection<UUID> ids) {
        if (!ids.isEmpty()) {
            transport.delete(staged, ids);
        }
    }

    @Override
    public void publish() {
        transport.changeAliases(
                published == null ? Set.of(next) : Set.of(next, alias), Map.of(alias, staged));
        changed.run();
        // An alias that another program set may point to a collection that is not ours.
        if (published != null && generations.contains(published)) {
            try {
                transport.drop(published);
            } catch (DependencyException e) {
                // The new generation is already being searched; the next update deletes this one.
                LOG.warn("{} stays for now: {}", published, e.failure().owner());
            }
        }
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            ended.run();
        }
    }

    private void begin(@Nullable String base) {
        transport.create(staged, space.dimension());
        // Strict mode refuses to filter on a field without an index, and creating the index before
        // the points costs nothing extra.
        transport.indexField(staged, Payload.FILE);
        transport.indexField(staged, Payload.ANCHOR);
        if (base != null) {
            Scroll all = new Scroll(List.of(), null, BATCH, List.of(), true);
            forEachPage(
                    transport,
                    base,
                    all,
                    points ->
                            transport.upsert(
                                    staged, points.stream().map(QdrantUpdate::copy).toList()));
        }
        transport.changeAliases(Set.of(), Map.of(next, staged));
        if (base != null && !base.equals(published) && generations.contains(base)) {
            transport.drop(base);
        }
    }

    /** Whether a generation holds vectors of this update's space, or none at all. */
    private static boolean fits(Transport transport, String generation, EmbeddingSpace space) {
        return transport
                        .vectors(generation)
                        .map(vectors -> vectors.dense().get(Transport.DENSE))
                        .filter(dense -> dense.dimension() == space.dimension())
                        .isPresent()
                && model(transport, generation).filter(m -> !m.equals(space.model())).isEmpty();
    }

    private Set<String> generations() {
        Pattern name = Pattern.compile(Pattern.quote(alias) + "-v\\d{1,9}");
        Set<String> all = transport.collections();
        return Set.copyOf(all.stream().filter(name.asMatchPredicate()).toList());
    }

    private int newest() {
        return generations.stream()
                .mapToInt(name -> Integer.parseInt(name.substring(alias.length() + 2)))
                .max()
                .orElse(0);
    }

    private static void forEachPage(
            Transport transport, String collection, Scroll scroll, Consumer<List<Stored>> each) {
        Page page = transport.scroll(collection, scroll);
        while (true) {
            if (!page.points().isEmpty()) {
                each.accept(page.points());
            }
            if (page.next() == null) {
                return;
            }
            page = transport.scroll(collection, scroll.from(page.next()));
        }
    }

    private Point point(Entry entry) {
        return new Point(
                entry.passage().id(),
                Payload.of(entry, space.model()),
                entry.vector(),
                Bm25Weights.document(entry.passage()));
    }

    /**
     * The lexical vector is computed again, so that a changed analysis also reaches old passages.
     */
    private static Point copy(Stored stored) {
        return new Point(
                stored.id(),
                stored.payload(),
                stored.dense(),
                Bm25Weights.document(Payload.passage(stored.id(), stored.payload())));
    }
}
