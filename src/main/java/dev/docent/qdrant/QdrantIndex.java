package dev.docent.qdrant;

import dev.docent.failure.DependencyException;
import dev.docent.failure.Failure.Nature;
import dev.docent.qdrant.Transport.Scroll;
import dev.docent.rag.Candidates;
import dev.docent.rag.EmbeddingSpace;
import dev.docent.rag.IndexUpdate;
import dev.docent.rag.Outline;
import dev.docent.rag.Passage;
import dev.docent.rag.PassageIndex;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A passage index in Qdrant. For a configured collection {@code book} it searches the alias {@code
 * book-docent} where there is one, and {@code book} itself otherwise.
 *
 * <p>{@link #update} publishes collections {@code book-docent-v1}, {@code -v2} and so on behind
 * that alias, with a dense and a lexical vector for each passage. A collection called {@code book}
 * belongs to another program: it is never written to, and is searched again once the alias is
 * deleted. If it has only the unnamed vector of the older ingester, it is searched by vector alone.
 *
 * <p>The constructor makes no call. Thread-safe; see {@link QdrantSettings} for deadlines. An
 * interrupted caller gets a {@link java.util.concurrent.CancellationException} with its interrupt
 * flag set.
 */
public final class QdrantIndex implements PassageIndex {
    private static final Logger LOG = LoggerFactory.getLogger(QdrantIndex.class);

    /** How long a new alias may go unnoticed; a deleted one is noticed at once. */
    private static final Duration TARGET_AGE = Duration.ofSeconds(30);

    /**
     * The most parts of all sections in one call, because Qdrant may be configured to refuse more.
     */
    private static final int MAX_PARTS = 256;

    private final QdrantSettings settings;
    private final QdrantFailures failures;
    private final Transport transport;
    private final Clock clock;
    private final AtomicBoolean updating = new AtomicBoolean();
    private final AtomicBoolean looking = new AtomicBoolean();
    private volatile @Nullable Target target;

    public QdrantIndex(QdrantSettings settings) {
        this(settings, Clock.systemUTC());
    }

    QdrantIndex(QdrantSettings settings, Clock clock) {
        this.settings = settings;
        this.clock = clock;
        failures = new QdrantFailures(settings);
        transport = settings.rest() ? new RestTransport(settings) : new GrpcTransport(settings);
    }

    /**
     * {@inheritDoc}
     *
     * <p>A collection of the older ingester has no lexical vectors, so a null vector is refused
     * there.
     */
    @Override
    public Candidates search(String text, float @Nullable [] vector, int limit) {
        try {
            return new Search(transport, failures, target()).run(text, vector, limit);
        } catch (DependencyException e) {
            if (e.failure().nature() != Nature.MISCONFIGURED) {
                throw e;
            }
            // The collection may have been replaced or deleted since the last look.
            target = null;
            return new Search(transport, failures, target()).run(text, vector, limit);
        }
    }

    @Override
    public List<List<Outline>> sections(List<Outline> passages) {
        Target target = target();
        if (passages.isEmpty() || !target.ours()) {
            return passages.stream().map(List::of).toList();
        }
        List<Map<String, String>> sections =
                passages.stream().map(QdrantIndex::section).distinct().toList();
        Map<Map<String, String>, List<Outline>> parts =
                transport
                        .scroll(
                                target.name(),
                                new Scroll(sections, null, MAX_PARTS, List.of(), false))
                        .points()
                        .stream()
                        .map(point -> Payload.passage(point.id(), point.payload()).outline())
                        .sorted(Comparator.comparingInt(Outline::part))
                        .collect(Collectors.groupingBy(QdrantIndex::section));
        return passages.stream()
                .map(passage -> {
                    List<Outline> section = parts.getOrDefault(section(passage), List.of());
                    return section.contains(passage) ? section : List.of(passage);
                })
                .toList();
    }

    @Override
    public Map<UUID, Passage> passages(Collection<UUID> ids) {
        if (ids.isEmpty()) {
            return Map.of();
        }
        return transport.points(target().name(), ids).stream()
                .map(point -> Payload.passage(point.id(), point.payload()))
                .collect(Collectors.toMap(Passage::id, passage -> passage));
    }

    /** What the parts of a passage's section have in common. */
    private static Map<String, String> section(Outline passage) {
        return Map.of(Payload.FILE, passage.file(), Payload.ANCHOR, passage.anchor());
    }

    /**
     * {@inheritDoc}
     *
     * <p>A missing collection is an empty index here. The older ingester recorded no model, so its
     * space is null.
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
        return new State(settings.collection(), recorded, found.passages());
    }

    @Override
    public boolean holds(EmbeddingSpace space, Map<UUID, String> passages) {
        // With a key that may not create collections, update() fails before any call.
        return !KeyRights.of(settings.apiKey()).cannotCreate()
                && QdrantUpdate.published(transport, alias(), space, passages);
    }

    @Override
    public Map<UUID, String> present(EmbeddingSpace space) {
        return QdrantUpdate.present(transport, alias(), space);
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
                    transport, alias(), space, () -> target = null, () -> updating.set(false));
        } catch (RuntimeException e) {
            updating.set(false);
            throw e;
        }
    }

    @Override
    public void close() {
        transport.close();
    }

    private String alias() {
        return settings.collection() + "-docent";
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
        Optional<Target> found = look(alias(), true).or(() -> look(settings.collection(), false));
        if (target == null && found.filter(Target::former).isPresent()) {
            LOG.warn(
                    "Collection \"{}\" was filled by an older version of docent, which had other"
                            + " terms for some words: they are not found until the next docent ingest"
                            + " has written it anew. That embeds nothing again.",
                    settings.collection());
        }
        target = found.orElse(null);
        return found;
    }

    /**
     * Looks up one collection or alias.
     *
     * @param optional whether the key may have no right to it, as one for a single collection has
     */
    private Optional<Target> look(String name, boolean optional) {
        try {
            return transport.vectors(name).map(vectors -> target(name, vectors));
        } catch (DependencyException e) {
            if (optional && e.failure().nature() == Nature.CREDENTIAL_REJECTED) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private Target target(String name, Transport.Vectors vectors) {
        String words =
                Stream.of(Transport.SPARSE, Target.FORMER_WORDS)
                        .filter(vectors.sparse()::contains)
                        .findFirst()
                        .orElse(null);
        Transport.Vectors.Dense dense =
                vectors.dense().get(words == null ? Transport.UNNAMED : Transport.DENSE);
        if (dense == null || !dense.distance().equals("Cosine")) {
            throw failures.layout("vectors " + vectors.dense());
        }
        return new Target(name, words, dense.dimension(), transport.count(name), clock.instant());
    }

    private @Nullable EmbeddingSpace space(Target target) {
        if (!target.ours()) {
            return null;
        }
        return QdrantUpdate.model(transport, target.name())
                .map(model -> new EmbeddingSpace(model, target.dimension()))
                .orElse(null);
    }
}
