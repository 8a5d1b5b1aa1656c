package dev.docent.qdrant;

import dev.docent.failure.DependencyException;
import dev.docent.failure.Failure.Nature;
import dev.docent.lucene.WordIndex;
import dev.docent.qdrant.Transport.Scroll;
import dev.docent.qdrant.Transport.Shape;
import dev.docent.qdrant.Transport.Stored;
import dev.docent.rag.Candidates;
import dev.docent.rag.EmbeddingSpace;
import dev.docent.rag.IndexUpdate;
import dev.docent.rag.Outline;
import dev.docent.rag.Passage;
import dev.docent.rag.PassageIndex;
import dev.docent.waiting.SteadyTime;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A passage index in Qdrant. For a configured collection {@code book} it searches the alias {@code
 * book-docent} where there is one, and {@code book} itself otherwise.
 *
 * <p>Qdrant keeps the passages and finds them by their vectors. What is found by words is found in
 * this process, by what {@link Lexicon} read of the collection, so that the words of a question
 * mean the same as in every other index.
 *
 * <p>{@link #update} publishes collections {@code book-docent-v1}, {@code -v2} and so on behind
 * that alias. A collection called {@code book} belongs to another program: it is never written to,
 * and is searched again once the alias is deleted. It needs one kind of dense vector, by cosine,
 * and fields that {@link Payload} understands.
 *
 * <p>The constructor makes no call. Thread-safe; see {@link QdrantSettings} for deadlines. An
 * interrupted caller gets a {@link java.util.concurrent.CancellationException} with its interrupt
 * flag set.
 */
public final class QdrantIndex implements PassageIndex {
    /** How long a new alias may go unnoticed; a deleted one is noticed at once. */
    private static final Duration TARGET_AGE = Duration.ofSeconds(30);

    /** How long the words of a collection count that another program may change in place. */
    private static final ChronoUnit FOREIGN_AGE = ChronoUnit.HOURS;

    /** The end of a name that {@link #update} gives. */
    private static final Pattern PUBLISHED = Pattern.compile("-docent-v\\d{1,9}\\z");

    private final QdrantSettings settings;
    private final QdrantFailures failures;
    private final Transport transport;
    private final Lexicon lexicon;
    private final Clock clock;
    private final AtomicBoolean updating = new AtomicBoolean();
    private final AtomicBoolean looking = new AtomicBoolean();
    private final Map<Note, String> unwritten = new ConcurrentHashMap<>();
    private volatile @Nullable Target target;

    public QdrantIndex(QdrantSettings settings) {
        this(settings, SteadyTime.now());
    }

    QdrantIndex(QdrantSettings settings, Clock clock) {
        this.settings = settings;
        this.clock = clock;
        failures = new QdrantFailures(settings);
        transport = settings.rest() ? new RestTransport(settings) : new GrpcTransport(settings);
        lexicon = new Lexicon(transport, settings.timeout(), clock);
    }

    /**
     * {@inheritDoc}
     *
     * <p>Until the words of a large collection are read, it finds by vector alone, and a null
     * vector is refused.
     */
    @Override
    public Candidates search(String text, float @Nullable [] vector, int limit) {
        try {
            return search(target(), text, vector, limit);
        } catch (DependencyException e) {
            if (e.failure().nature() != Nature.MISCONFIGURED) {
                throw e;
            }
            // The collection may have been replaced or deleted since the last look.
            target = null;
            return search(target(), text, vector, limit);
        }
    }

    private Candidates search(Target there, String text, float @Nullable [] vector, int limit) {
        return new Search(transport, failures, there, lexicon.of(there)).run(text, vector, limit);
    }

    @Override
    public List<List<Outline>> sections(List<Outline> passages) {
        WordIndex words = passages.isEmpty() ? null : lexicon.of(target());
        return passages.stream()
                .map(passage -> words == null ? List.of(passage) : words.section(passage))
                .toList();
    }

    @Override
    public Map<UUID, Passage> passages(Collection<UUID> ids) {
        if (ids.isEmpty()) {
            return Map.of();
        }
        Target there = target();
        Map<UUID, Outline> outlines = new HashMap<>();
        WordIndex words = lexicon.of(there);
        if (words != null) {
            ids.forEach(id -> words.outline(id).ifPresent(known -> outlines.put(id, known)));
        }
        // A payload costs the server a third less where only the text is asked for.
        Scroll some = Scroll.of(ids, there.most());
        Map<UUID, Passage> passages = new HashMap<>();
        transport.forEachPage(
                there.name(),
                outlines.keySet().containsAll(ids) ? some.fields(Payload.texts()) : some,
                points ->
                        points.forEach(
                                point -> passages.put(point.id(), passage(point, outlines))));
        return passages;
    }

    private static Passage passage(Stored point, Map<UUID, Outline> outlines) {
        Outline outline = outlines.get(point.id());
        return outline == null
                ? Payload.passage(point.id(), point.payload())
                : new Passage(outline, Payload.text(point.payload()));
    }

    /**
     * {@inheritDoc}
     *
     * <p>It is metadata of a collection that an ingestion made. Of a collection that another
     * program fills, which is never written to, or with a key that may only read, it is known to
     * this object alone.
     */
    @Override
    public Optional<String> note(Note note) {
        Optional<Shape> ours;
        try {
            ours = transport.shape(settings.alias());
        } catch (DependencyException e) {
            onlyWhereDenied(e);
            ours = Optional.empty();
        }
        return ours.flatMap(shape -> Optional.ofNullable(shape.notes().get(note.key())))
                .or(() -> Optional.ofNullable(unwritten.get(note)));
    }

    @Override
    public void keep(Note note, String text) {
        try {
            String ours = transport.aliases().get(settings.alias());
            if (ours != null) {
                transport.note(ours, note.key(), text);
                unwritten.remove(note);
                return;
            }
        } catch (DependencyException e) {
            onlyWhereDenied(e);
        }
        unwritten.put(note, text);
    }

    private static void onlyWhereDenied(DependencyException e) {
        if (e.failure().nature() != Nature.CREDENTIAL_REJECTED) {
            throw e;
        }
    }

    /**
     * {@inheritDoc}
     *
     * <p>A missing collection is an empty index here. Other programs record no model, so the space
     * is null there.
     */
    @Override
    public State state() {
        Optional<Target> found = look();
        return new State(
                settings.collection(),
                found.map(this::space).orElse(null),
                found.map(Target::passages).orElse(0L));
    }

    /**
     * What {@code QDRANT_COLLECTION} could name on this server, in alphabetical order: collections,
     * and those that an ingestion published, without the number that it gave them.
     */
    public List<String> collections() {
        return transport.collections().stream()
                .map(name -> PUBLISHED.matcher(name).replaceFirst(""))
                .distinct()
                .sorted()
                .toList();
    }

    /**
     * {@inheritDoc}
     *
     * <p>A missing collection cannot be searched either.
     */
    @Override
    public State check(EmbeddingSpace space) {
        Target found = look().orElseThrow(() -> failures.collectionMissing(null));
        if (found.dimension() != space.dimension()) {
            throw failures.dimension(found.dimension(), space.dimension());
        }
        EmbeddingSpace recorded = space(found);
        if (recorded != null && !recorded.equals(space)) {
            throw failures.model(recorded.model(), space);
        }
        lexicon.prepare(found);
        return new State(settings.collection(), recorded, found.passages());
    }

    @Override
    public boolean holds(EmbeddingSpace space, Map<UUID, String> passages) {
        // With a key that may not create collections, update() fails before any call.
        return !KeyRights.of(settings.apiKey()).cannotCreate()
                && QdrantUpdate.published(transport, settings.alias(), space, passages);
    }

    @Override
    public Map<UUID, String> present(EmbeddingSpace space) {
        return QdrantUpdate.present(transport, settings.alias(), space);
    }

    /**
     * {@inheritDoc}
     *
     * <p>If the key tells that it may not create collections, this fails before any call.
     */
    @Override
    public IndexUpdate update(EmbeddingSpace space) {
        KeyRights rights = KeyRights.of(settings.apiKey());
        if (rights.cannotCreate()) {
            throw failures.cannotCreate(rights);
        }
        if (!updating.compareAndSet(false, true)) {
            throw failures.updating();
        }
        try {
            return new QdrantUpdate(
                    transport,
                    failures,
                    settings.alias(),
                    space,
                    this::published,
                    () -> updating.set(false));
        } catch (RuntimeException e) {
            updating.set(false);
            throw e;
        }
    }

    @Override
    public void close() {
        lexicon.close();
        transport.close();
    }

    private void published() {
        target = null;
        lexicon.forget();
    }

    private Target target() {
        Target known = target;
        if (known != null && clock.instant().isBefore(known.seen().plus(TARGET_AGE))) {
            return known;
        }
        // One caller looks again; the others use what is known.
        if (known != null && !looking.compareAndSet(false, true)) {
            return known;
        }
        try {
            return look().orElseThrow(() -> failures.collectionMissing(null));
        } finally {
            looking.set(false);
        }
    }

    private Optional<Target> look() {
        Optional<Target> found = ours().or(this::foreign);
        target = found.orElse(null);
        return found;
    }

    /** What an ingestion published. */
    private Optional<Target> ours() {
        Optional<Shape> shape;
        try {
            shape = transport.shape(settings.alias());
        } catch (DependencyException e) {
            // A key for the other collection alone has no right to this one.
            if (e.failure().nature() == Nature.CREDENTIAL_REJECTED && foreign().isPresent()) {
                return Optional.empty();
            }
            throw e;
        }
        return shape.map(known ->
                target(
                        settings.alias(),
                        known,
                        () ->
                                Optional.ofNullable(known.notes().get(QdrantUpdate.GENERATION))
                                        // Older versions of Docent, and of Qdrant, kept no notes.
                                        .or(() ->
                                                Optional.ofNullable(
                                                        transport.aliases().get(settings.alias())))
                                        .orElse("")));
    }

    /** The collection that another program fills. */
    private Optional<Target> foreign() {
        String name = settings.collection();
        Optional<Target> found =
                transport
                        .shape(name)
                        .map(shape ->
                                target(
                                        name,
                                        shape,
                                        () -> clock.instant().truncatedTo(FOREIGN_AGE).toString()));
        if (found.isPresent()) {
            for (Stored point : transport.scroll(name, Scroll.all(1)).points()) {
                if (!Payload.readable(point.payload())) {
                    throw failures.unreadable(point.payload().keySet(), Payload.needed());
                }
            }
        }
        return found;
    }

    private Target target(String name, Shape shape, Supplier<String> state) {
        String using =
                shape.dense().size() == 1
                        ? shape.dense().keySet().iterator().next()
                        : Transport.DENSE;
        Shape.Dense dense = shape.dense().get(using);
        if (dense == null || !dense.distance().equals("Cosine")) {
            throw failures.layout(shape);
        }
        long passages = transport.count(name);
        return new Target(
                name,
                using,
                dense.dimension(),
                passages,
                shape.most(),
                name + ' ' + passages + ' ' + state.get(),
                clock.instant());
    }

    private @Nullable EmbeddingSpace space(Target target) {
        return QdrantUpdate.model(transport, target.name())
                .map(model -> new EmbeddingSpace(model, target.dimension()))
                .orElse(null);
    }
}
