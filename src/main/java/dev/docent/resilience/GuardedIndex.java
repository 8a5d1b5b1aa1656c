package dev.docent.resilience;

import dev.docent.rag.Candidates;
import dev.docent.rag.EmbeddingSpace;
import dev.docent.rag.IndexUpdate;
import dev.docent.rag.Outline;
import dev.docent.rag.Passage;
import dev.docent.rag.PassageIndex;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** An index with a breaker for searches only. */
public record GuardedIndex(PassageIndex index, Breaker breaker) implements PassageIndex {
    @Override
    public Candidates search(String text, float @Nullable [] vector, int limit) {
        return breaker.call(() -> index.search(text, vector, limit));
    }

    @Override
    public List<List<Outline>> sections(List<Outline> passages) {
        return breaker.call(() -> index.sections(passages));
    }

    @Override
    public Map<UUID, Passage> passages(Collection<UUID> ids) {
        return breaker.call(() -> index.passages(ids));
    }

    @Override
    public State state() {
        return index.state();
    }

    @Override
    public Optional<String> note(Note note) {
        return index.note(note);
    }

    @Override
    public void keep(Note note, String text) {
        index.keep(note, text);
    }

    @Override
    public State check(EmbeddingSpace space) {
        return index.check(space);
    }

    @Override
    public boolean holds(EmbeddingSpace space, Map<UUID, String> passages) {
        return index.holds(space, passages);
    }

    @Override
    public Map<UUID, String> present(EmbeddingSpace space) {
        return index.present(space);
    }

    @Override
    public IndexUpdate update(EmbeddingSpace space) {
        return index.update(space);
    }

    @Override
    public void close() {
        index.close();
    }
}
