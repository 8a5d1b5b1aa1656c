package dev.docent;

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
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * An index that is opened on first use, so that the port need not wait for Lucene or a gRPC
 * channel. Calls wait while it is being opened. Thread-safe.
 */
final class DeferredIndex implements PassageIndex {
    private final Supplier<PassageIndex> opening;
    private final Lock lock = new ReentrantLock();
    private volatile @Nullable PassageIndex opened;

    DeferredIndex(Supplier<PassageIndex> opening) {
        this.opening = opening;
    }

    /**
     * Opens the index if it is not open; throws what opening throws, and may be called again after
     * that.
     */
    PassageIndex open() {
        PassageIndex index = opened;
        if (index != null) {
            return index;
        }
        lock.lock();
        try {
            index = opened;
            if (index == null) {
                index = opening.get();
                opened = index;
            }
            return index;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public Candidates search(String text, float @Nullable [] vector, int limit) {
        return open().search(text, vector, limit);
    }

    @Override
    public List<List<Outline>> sections(List<Outline> passages) {
        return open().sections(passages);
    }

    @Override
    public Map<UUID, Passage> passages(Collection<UUID> ids) {
        return open().passages(ids);
    }

    @Override
    public State state() {
        return open().state();
    }

    @Override
    public Optional<String> note(Note note) {
        return open().note(note);
    }

    @Override
    public void keep(Note note, String text) {
        open().keep(note, text);
    }

    @Override
    public State check(EmbeddingSpace space) {
        return open().check(space);
    }

    @Override
    public boolean holds(EmbeddingSpace space, Map<UUID, String> passages) {
        return open().holds(space, passages);
    }

    @Override
    public Map<UUID, String> present(EmbeddingSpace space) {
        return open().present(space);
    }

    @Override
    public IndexUpdate update(EmbeddingSpace space) {
        return open().update(space);
    }

    @Override
    public void close() {
        PassageIndex index = opened;
        if (index != null) {
            index.close();
        }
    }
}
