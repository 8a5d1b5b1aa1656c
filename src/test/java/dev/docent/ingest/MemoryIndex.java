package dev.docent.ingest;

import dev.docent.rag.Candidates;
import dev.docent.rag.EmbeddingSpace;
import dev.docent.rag.Hit;
import dev.docent.rag.IndexUpdate;
import dev.docent.rag.Outline;
import dev.docent.rag.Passage;
import dev.docent.rag.PassageIndex;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** An index in memory that compares everything with everything. */
final class MemoryIndex implements PassageIndex {
    private Map<UUID, IndexUpdate.Entry> published = Map.of();
    private @Nullable EmbeddingSpace space;
    private @Nullable Map<UUID, IndexUpdate.Entry> next;
    private @Nullable EmbeddingSpace nextSpace;
    private final Map<Note, String> notes = new EnumMap<>(Note.class);
    int updates;
    int publications;
    int crashAfterPuts = Integer.MAX_VALUE;

    @Override
    public Candidates search(String text, float @Nullable [] vector, int limit) {
        List<Hit> hits =
                published.values().stream()
                        .map(e ->
                                new Hit(
                                        e.passage().outline(),
                                        vector == null ? 0 : dot(vector, e.vector()),
                                        0,
                                        0))
                        .sorted(Comparator.comparingDouble(Hit::cosine).reversed())
                        .limit(limit)
                        .toList();
        return new Candidates(hits, Map.of());
    }

    private static double dot(float[] a, float[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }

    @Override
    public List<List<Outline>> sections(List<Outline> passages) {
        return passages.stream().map(List::of).toList();
    }

    @Override
    public Map<UUID, Passage> passages(Collection<UUID> ids) {
        return passages().stream()
                .filter(passage -> ids.contains(passage.id()))
                .collect(Collectors.toMap(Passage::id, passage -> passage));
    }

    List<Passage> passages() {
        return published.values().stream()
                .map(IndexUpdate.Entry::passage)
                .sorted(
                        Comparator.comparing(Passage::file)
                                .thenComparing(Passage::anchor)
                                .thenComparingInt(Passage::part))
                .toList();
    }

    @Override
    public Optional<String> note(Note note) {
        return Optional.ofNullable(notes.get(note));
    }

    @Override
    public void keep(Note note, String text) {
        notes.put(note, text);
    }

    @Override
    public State state() {
        return new State("memory", space, published.size());
    }

    @Override
    public boolean holds(EmbeddingSpace wantedSpace, Map<UUID, String> passages) {
        return next == null && wantedSpace.equals(space) && hashes(published).equals(passages);
    }

    private static Map<UUID, String> hashes(Map<UUID, IndexUpdate.Entry> entries) {
        return entries.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, e -> e.getValue().hash()));
    }

    @Override
    public IndexUpdate update(EmbeddingSpace updateSpace) {
        updates++;
        Map<UUID, IndexUpdate.Entry> begun = next;
        Map<UUID, IndexUpdate.Entry> work =
                begun != null && updateSpace.equals(nextSpace)
                        ? begun
                        : new HashMap<>(updateSpace.equals(space) ? published : Map.of());
        next = work;
        nextSpace = updateSpace;
        return new Update(work, updateSpace);
    }

    @Override
    public void close() {}

    private final class Update implements IndexUpdate {
        private final Map<UUID, Entry> work;
        private final EmbeddingSpace updateSpace;
        private int puts;

        Update(Map<UUID, Entry> work, EmbeddingSpace updateSpace) {
            this.work = work;
            this.updateSpace = updateSpace;
        }

        @Override
        public Map<UUID, String> present() {
            return hashes(work);
        }

        @Override
        public Map<UUID, float[]> vectors(Collection<UUID> contents) {
            Map<UUID, float[]> vectors = new HashMap<>();
            work.values()
                    .forEach(entry -> vectors.put(entry.passage().contentId(), entry.vector()));
            vectors.keySet().retainAll(contents);
            return vectors;
        }

        @Override
        public void put(List<Entry> entries) {
            if (++puts > crashAfterPuts) {
                throw new IllegalStateException("killed");
            }
            entries.forEach(entry -> work.put(entry.passage().id(), entry));
        }

        @Override
        public void remove(Collection<UUID> ids) {
            ids.forEach(work::remove);
        }

        @Override
        public void publish() {
            publications++;
            published = Map.copyOf(work);
            space = updateSpace;
            next = null;
        }

        @Override
        public void close() {}
    }
}
