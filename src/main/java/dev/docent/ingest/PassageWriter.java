package dev.docent.ingest;

import dev.docent.failure.DependencyException;
import dev.docent.failure.Failure;
import dev.docent.rag.Embedder;
import dev.docent.rag.IndexUpdate;
import dev.docent.rag.Passage;
import dev.docent.site.SiteException;
import dev.docent.waiting.Sleeper;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * Embeds new passages in batches and puts them into an update. While a batch is embedded, the
 * previous one is stored and the next one is read. A content that the update holds already, in
 * another folder or version, or that is being embedded, is not embedded again. Not thread-safe.
 */
final class PassageWriter implements AutoCloseable {
    private static final int MAX_TRIES = 5;
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(2);

    private final Embedder embedder;
    private final IndexUpdate update;
    private final IngestSettings settings;
    private final Progress progress;
    private final Sleeper sleeper;
    private final Survey survey;
    private final RateLimiter pace;
    private final List<Passage> batch = new ArrayList<>();
    private final ExecutorService ahead =
            Executors.newSingleThreadExecutor(Thread.ofVirtual().name("ahead").factory());
    private List<Passage> going = List.of();

    /** Contents that are being embedded, each with further passages that have it. */
    private final Map<UUID, List<Passage>> twins = new HashMap<>();

    private Future<List<float[]>> vectors = CompletableFuture.completedFuture(List.of());
    private int begun;
    private int embedded;
    private int calls;
    private long tokens;
    private @Nullable String stopped;

    PassageWriter(
            Embedder embedder,
            IndexUpdate update,
            IngestSettings settings,
            Progress progress,
            Clock clock,
            Sleeper sleeper,
            Survey survey) {
        this.embedder = embedder;
        this.update = update;
        this.settings = settings;
        this.progress = progress;
        this.sleeper = sleeper;
        this.survey = survey;
        pace = new RateLimiter(settings.textsPerMinute(), clock);
    }

    /** Takes the fresh ones of a file's passages; false if a quota ended the run. */
    boolean take(List<Passage> passages, Map<UUID, Integer> fresh) {
        for (Passage passage : passages) {
            if (fresh.containsKey(passage.id())) {
                batch.add(passage);
                if (batch.size() >= pace.most(settings.batch()) && !send()) {
                    return false;
                }
            }
        }
        return true;
    }

    /** Embeds and stores all passages taken so far; false if a quota ended the run. */
    boolean flush() {
        send();
        return send();
    }

    /** Starts to embed the batch, and stores the previous one. */
    private boolean send() {
        List<Passage> landing = going;
        List<float[]> landed = landed();
        begin();
        if (!landed.isEmpty()) {
            put(landing, landed);
        }
        return stopped == null;
    }

    private void begin() {
        List<Passage> unknown = stopped == null ? unknown() : List.of();
        int perDay = settings.textsPerDay();
        int most = perDay == 0 ? unknown.size() : Math.min(unknown.size(), perDay - begun);
        going = List.copyOf(unknown.subList(0, most));
        if (most < unknown.size()) {
            stopped =
                    "The %,d texts that may be embedded in a day are spent; the next run goes on from here."
                            .formatted(perDay);
        }
        batch.clear();
        if (!going.isEmpty()) {
            pause(pace.before(going.size()));
            begun += going.size();
            embed();
        }
    }

    /** The passages of the batch that must be embedded; those whose vectors are known are put. */
    private List<Passage> unknown() {
        Map<UUID, float[]> known =
                batch.isEmpty()
                        ? Map.of()
                        : update.vectors(
                                batch.stream().map(Passage::contentId).distinct().toList());
        List<IndexUpdate.Entry> copies = new ArrayList<>();
        List<Passage> unknown = new ArrayList<>();
        for (Passage passage : batch) {
            UUID content = passage.contentId();
            float[] vector = known.get(content);
            List<Passage> same = twins.get(content);
            if (vector != null) {
                copies.add(entry(passage, vector));
            } else if (same != null) {
                same.add(passage);
            } else {
                twins.put(content, new ArrayList<>());
                unknown.add(passage);
            }
        }
        if (!copies.isEmpty()) {
            update.put(copies);
        }
        return unknown;
    }

    private IndexUpdate.Entry entry(Passage passage, float[] vector) {
        return new IndexUpdate.Entry(passage, survey.hash(passage), vector);
    }

    private void embed() {
        List<Passage> passages = going;
        calls++;
        vectors = ahead.submit(() -> embedder.embedPassages(passages));
    }

    private void put(List<Passage> passages, List<float[]> landed) {
        List<IndexUpdate.Entry> entries = new ArrayList<>();
        for (int i = 0; i < passages.size(); i++) {
            Passage passage = passages.get(i);
            float[] vector = landed.get(i);
            entries.add(entry(passage, vector));
            twins.getOrDefault(passage.contentId(), List.of())
                    .forEach(twin -> entries.add(entry(twin, vector)));
            twins.remove(passage.contentId());
            tokens += passage.tokens();
        }
        update.put(entries);
        embedded += passages.size();
    }

    /** The vectors of the batch that was sent; empty if there was none or a quota ended the run. */
    private List<float[]> landed() {
        for (int tried = 1; !going.isEmpty(); tried++) {
            try {
                List<float[]> landed = awaited();
                pace.spent(going.size());
                return landed;
            } catch (DependencyException e) {
                Duration asked = e.failure().retryAfter().orElse(LONGEST_PAUSE.plusNanos(1));
                boolean worthIt = e.failure().retryable() && asked.compareTo(LONGEST_PAUSE) <= 0;
                if (worthIt && tried < MAX_TRIES) {
                    pause(asked);
                    embed();
                } else if (e.failure().nature() == Failure.Nature.EXHAUSTED) {
                    stopped = e.failure().fully();
                    return List.of();
                } else {
                    throw e;
                }
            }
        }
        return List.of();
    }

    private List<float[]> awaited() {
        try {
            return vectors.get();
        } catch (InterruptedException e) {
            throw interrupted();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException cause
                    ? cause
                    : new IllegalStateException("embedding broke", e);
        }
    }

    private void pause(Duration pause) {
        if (pause.isPositive()) {
            progress.waiting(pause);
            try {
                sleeper.sleep(pause);
            } catch (InterruptedException e) {
                throw interrupted();
            }
        }
    }

    private static SiteException interrupted() {
        Thread.currentThread().interrupt();
        return new SiteException(
                "The run was interrupted; what it did is kept, and the next one goes on from there.");
    }

    int embedded() {
        return embedded;
    }

    Spent spent() {
        return new Spent(tokens, calls, stopped);
    }

    @Override
    public void close() {
        ahead.shutdownNow();
        ahead.close();
    }
}
