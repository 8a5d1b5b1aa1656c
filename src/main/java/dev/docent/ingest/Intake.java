package dev.docent.ingest;

import dev.docent.failure.DependencyException;
import dev.docent.failure.Failure;
import dev.docent.rag.Embedder;
import dev.docent.rag.IndexUpdate;
import dev.docent.rag.Passage;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Embeds the passages that are new, in batches, and puts them into an update. Not thread-safe. */
final class Intake {
    private static final int MAX_TRIES = 5;
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(2);

    private final Embedder embedder;
    private final IndexUpdate update;
    private final IngestSettings settings;
    private final Progress progress;
    private final Ingestion.Sleeper sleeper;
    private final Survey survey;
    private final Pace pace;
    private final List<Passage> batch = new ArrayList<>();
    private int embedded;
    private int calls;
    private long tokens;
    private Optional<String> stopped = Optional.empty();

    Intake(
            Embedder embedder,
            IndexUpdate update,
            IngestSettings settings,
            Progress progress,
            Clock clock,
            Ingestion.Sleeper sleeper,
            Survey survey) {
        this.embedder = embedder;
        this.update = update;
        this.settings = settings;
        this.progress = progress;
        this.sleeper = sleeper;
        this.survey = survey;
        pace = new Pace(settings.textsPerMinute(), clock);
    }

    /** Takes those of a file's passages that are fresh; false when a quota ended the run. */
    boolean take(List<Passage> passages, Map<UUID, Integer> fresh) {
        for (Passage passage : passages) {
            if (fresh.containsKey(passage.id())) {
                batch.add(passage);
                if (batch.size() >= pace.most(settings.batch()) && !flush()) {
                    return false;
                }
            }
        }
        return true;
    }

    /** Embeds what is waiting; false when a quota ended the run. */
    boolean flush() {
        int perDay = settings.textsPerDay();
        int left = perDay == 0 ? batch.size() : perDay - embedded;
        if (left < batch.size()) {
            batch.subList(Math.max(0, left), batch.size()).clear();
            stopped =
                    Optional.of(
                            "The %,d texts that may be embedded in a day are spent; the next run goes on from here."
                                    .formatted(perDay));
        }
        if (!batch.isEmpty()) {
            try {
                put(vectors());
            } catch (DependencyException e) {
                if (e.failure().nature() != Failure.Nature.EXHAUSTED) {
                    throw e;
                }
                stopped = Optional.of(e.failure().owner() + " " + e.failure().action());
            }
        }
        batch.clear();
        return stopped.isEmpty();
    }

    private void put(List<float[]> vectors) {
        List<IndexUpdate.Entry> entries = new ArrayList<>();
        for (int i = 0; i < batch.size(); i++) {
            Passage passage = batch.get(i);
            entries.add(new IndexUpdate.Entry(passage, survey.hash(passage), vectors.get(i)));
            tokens += passage.tokens();
        }
        update.put(entries);
        embedded += batch.size();
    }

    private List<float[]> vectors() {
        pause(pace.before(batch.size()));
        for (int tried = 1; ; tried++) {
            try {
                calls++;
                List<float[]> vectors = embedder.embedPassages(batch);
                pace.spent(batch.size());
                return vectors;
            } catch (DependencyException e) {
                Duration asked = e.failure().retryAfter().orElse(LONGEST_PAUSE.plusNanos(1));
                boolean worthIt = e.failure().retryable() && asked.compareTo(LONGEST_PAUSE) <= 0;
                if (!worthIt || tried == MAX_TRIES) {
                    throw e;
                }
                pause(asked);
            }
        }
    }

    private void pause(Duration pause) {
        if (pause.isPositive()) {
            progress.waiting(pause);
            try {
                sleeper.sleep(pause);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IngestException(
                        "The run was interrupted; what it did is kept, and the next one goes on from there.");
            }
        }
    }

    int embedded() {
        return embedded;
    }

    int calls() {
        return calls;
    }

    long tokens() {
        return tokens;
    }

    /** Why the run ended early; empty where it did not. */
    Optional<String> stopped() {
        return stopped;
    }
}
