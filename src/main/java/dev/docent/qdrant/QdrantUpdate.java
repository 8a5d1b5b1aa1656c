package dev.docent.qdrant;

import dev.docent.failure.DependencyException;
import dev.docent.failure.Failure.Nature;
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
import java.util.function.Supplier;
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

    private static final int PAGE_OF_TEXTS = 256;

    /** How many hashes a page holds. */
    private static final int PAGE_OF_HASHES = 1000;

    /** Name of the note by which one published state is told from another. */
    static final String GENERATION = "generation";

    private static final String NEXT = "-next";

    private final Transport transport;
    private final QdrantFailures failures;
    private final String alias;
    private final String next;
    private final EmbeddingSpace space;
    private final Runnable changed;
    private final Runnable ended;
    private final Set<String> generations;
    private final String staged;
    private final @Nullable String published;

    /** The generation that this one goes on with or began with a copy of. */
    private final @Nullable String base;

    private boolean closed;

    /** Contents to the points that hold them, once they were asked for. */
    private @Nullable Map<UUID, UUID> places;

    /**
     * Deletes what a crash left, and starts or continues a generation.
     *
     * @param changed called when another generation is published
     * @param ended called once, when the update is closed
     */
    QdrantUpdate(
            Transport transport,
            QdrantFailures failures,
            String alias,
            EmbeddingSpace space,
            Runnable changed,
            Runnable ended) {
        this.transport = transport;
        this.failures = failures;
        this.alias = alias;
        this.next = alias + NEXT;
        this.space = space;
        this.changed = changed;
        this.ended = ended;
        Map<String, String> aliases = transport.aliases();
        published = aliases.get(alias);
        String begun = aliases.get(next);
        generations = generations();
        base = base(transport, aliases, alias, space).orElse(null);
        if (base != null && base.equals(begun)) {
            staged = base;
        } else {
            staged = alias + "-v" + (1 + newest());
        }
        generations.stream()
                .filter(name -> !name.equals(staged))
                .filter(name -> !name.equals(published) && !name.equals(base))
                .forEach(transport::drop);
        if (!staged.equals(begun)) {
            whileThere(this::begin);
        }
    }

    /** The embedding model of a collection that Docent filled; empty while it has no points. */
    static Optional<String> model(Transport transport, String collection) {
        Scroll first = Scroll.all(1).fields(List.of(Payload.MODEL));
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

    @Override
    public Map<UUID, String> present() {
        return whileThere(() -> hashes(transport, staged));
    }

    private static Map<UUID, String> hashes(Transport transport, String collection) {
        Map<UUID, String> hashes = new HashMap<>();
        int page = Math.min(PAGE_OF_HASHES, most(transport, collection));
        transport.forEachPage(
                collection,
                Scroll.all(page).fields(List.of(Payload.HASH)),
                points ->
                        points.forEach(point ->
                                hashes.put(
                                        point.id(),
                                        Payload.text(point.payload(), Payload.HASH, ""))));
        return hashes;
    }

    @Override
    public Map<UUID, float[]> vectors(Collection<UUID> contents) {
        return whileThere(() -> {
            int most = most(transport, staged);
            Map<UUID, UUID> known = places(most);
            Map<UUID, UUID> wanted = new HashMap<>();
            for (UUID content : contents) {
                UUID place = known.get(content);
                if (place != null) {
                    wanted.put(place, content);
                }
            }
            Map<UUID, float[]> vectors = new HashMap<>();
            if (!wanted.isEmpty()) {
                transport.forEachPage(
                        staged,
                        Scroll.of(wanted.keySet(), Math.min(BATCH, most)).withVectors(),
                        points ->
                                points.forEach(point -> {
                                    UUID content = content(point);
                                    // Another ingestion may have changed it.
                                    if (content.equals(wanted.get(point.id()))) {
                                        vectors.put(content, Transport.array(point.dense()));
                                    }
                                }));
            }
            return vectors;
        });
    }

    private Map<UUID, UUID> places(int most) {
        Map<UUID, UUID> known = places;
        if (known == null) {
            Map<UUID, UUID> all = new HashMap<>();
            List<String> fields =
                    List.of(Payload.TITLE, Payload.HEADING_PATH, Payload.CONTENT, Payload.FILE);
            transport.forEachPage(
                    staged,
                    Scroll.all(Math.min(PAGE_OF_TEXTS, most)).fields(fields),
                    points -> points.forEach(point -> all.put(content(point), point.id())));
            known = all;
            places = all;
        }
        return known;
    }

    private static UUID content(Stored point) {
        return Payload.passage(point.id(), point.payload()).contentId();
    }

    private static int most(Transport transport, String collection) {
        return transport.shape(collection).map(Transport.Shape::most).orElse(Integer.MAX_VALUE);
    }

    @Override
    public void put(List<Entry> entries) {
        for (int from = 0; from < entries.size(); from += BATCH) {
            List<Point> points =
                    entries.subList(from, Math.min(entries.size(), from + BATCH)).stream()
                            .map(this::point)
                            .toList();
            whileThere(() -> transport.upsert(staged, points));
        }
        Map<UUID, UUID> known = places;
        if (known != null) {
            entries.forEach(entry -> known.put(entry.passage().contentId(), entry.passage().id()));
        }
    }

    @Override
    public void remove(Collection<UUID> ids) {
        if (!ids.isEmpty()) {
            whileThere(() -> transport.delete(staged, ids));
        }
    }

    @Override
    public void publish() {
        whileThere(() ->
                transport.changeAliases(
                        published == null ? Set.of(next) : Set.of(next, alias),
                        Map.of(alias, staged)));
        changed.run();
        // An alias that another program set may point to a collection that is not ours.
        if (published != null && generations.contains(published)) {
            try {
                transport.drop(published);
            } catch (DependencyException e) {
                // The new generation is already being searched; the next update deletes this one.
                LOG.warn("{} stays for now: {}", published, e.failure().briefly());
            }
        }
    }

    private void whileThere(Runnable call) {
        whileThere(() -> {
            call.run();
            return true;
        });
    }

    /** Another process may update the same index, and then one of the two loses its generation. */
    private <T> T whileThere(Supplier<T> call) {
        try {
            return call.get();
        } catch (DependencyException e) {
            boolean rejected =
                    e.failure().nature() == Nature.MISCONFIGURED
                            || e.failure().nature() == Nature.REQUEST_REJECTED;
            throw rejected && (gone(staged) || (base != null && gone(base)))
                    ? failures.overtaken(e)
                    : e;
        }
    }

    private boolean gone(String collection) {
        return transport.shape(collection).isEmpty();
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            ended.run();
        }
    }

    private void begin() {
        if (!gone(staged)) {
            throw failures.overtaken(null);
        }
        Map<String, String> notes = new HashMap<>();
        if (base != null) {
            transport.shape(base).ifPresent(shape -> notes.putAll(shape.notes()));
        }
        notes.put(GENERATION, UUID.randomUUID().toString());
        transport.create(staged, space.dimension(), notes);
        if (base != null) {
            int page = Math.min(BATCH, most(transport, base));
            transport.forEachPage(
                    base,
                    Scroll.all(page).withVectors(),
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
                        .shape(generation)
                        .map(shape -> shape.dense().get(Transport.DENSE))
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

    private Point point(Entry entry) {
        return new Point(entry.passage().id(), Payload.of(entry, space.model()), entry.vector());
    }

    private static Point copy(Stored stored) {
        return new Point(stored.id(), stored.payload(), stored.dense());
    }
}
