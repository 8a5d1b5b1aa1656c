package dev.docent.lucene;

import dev.docent.rag.EmbeddingSpace;
import dev.docent.rag.IndexUpdate;
import java.io.IOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.Term;
import org.jspecify.annotations.Nullable;

/** The next generation of a Lucene index: commits that are not marked as published. */
final class LuceneUpdate implements IndexUpdate {
    private final LuceneFailures failures;
    private final IndexWriter writer;
    private final EmbeddingSpace space;
    private final Runnable changed;
    private final Runnable ended;

    /** Contents to the passages that hold them, once they were asked for. */
    private @Nullable Map<UUID, UUID> places;

    /**
     * Continues with what the writer holds.
     *
     * @param changed called when the generation is published
     * @param ended called when the update is closed
     */
    LuceneUpdate(
            LuceneFailures failures,
            IndexWriter writer,
            EmbeddingSpace space,
            Runnable changed,
            Runnable ended) {
        this.failures = failures;
        this.writer = writer;
        this.space = space;
        this.changed = changed;
        this.ended = ended;
    }

    @Override
    public Map<UUID, String> present() {
        try (DirectoryReader reader = DirectoryReader.open(writer)) {
            return Fields.hashes(reader);
        } catch (IOException e) {
            throw failures.unusable("read", e);
        }
    }

    @Override
    public Map<UUID, float[]> vectors(Collection<UUID> contents) {
        try (DirectoryReader reader = DirectoryReader.open(writer)) {
            Map<UUID, UUID> known = places;
            if (known == null) {
                known = Fields.contents(reader);
                places = known;
            }
            Map<UUID, float[]> vectors = new HashMap<>();
            for (UUID content : contents) {
                UUID place = known.get(content);
                float[] vector = place == null ? null : Fields.vector(reader, place, content);
                if (vector != null) {
                    vectors.put(content, vector);
                }
            }
            return vectors;
        } catch (IOException e) {
            throw failures.unusable("read", e);
        }
    }

    @Override
    public void put(List<Entry> entries) {
        try {
            for (Entry entry : entries) {
                writer.updateDocument(Fields.id(entry.passage().id()), Fields.document(entry));
            }
            commit(false);
        } catch (IOException e) {
            throw failures.unusable("written", e);
        }
        Map<UUID, UUID> known = places;
        if (known != null) {
            entries.forEach(entry -> known.put(entry.passage().contentId(), entry.passage().id()));
        }
    }

    @Override
    public void remove(Collection<UUID> ids) {
        try {
            writer.deleteDocuments(ids.stream().map(Fields::id).toArray(Term[]::new));
            commit(false);
        } catch (IOException e) {
            throw failures.unusable("written", e);
        }
    }

    @Override
    public void publish() {
        try {
            commit(true);
            changed.run();
        } catch (IOException e) {
            throw failures.unusable("written", e);
        }
    }

    @Override
    public void close() {
        try {
            // Everything that matters is committed; the rest is dropped with the running merges.
            writer.rollback();
        } catch (IOException e) {
            throw failures.unusable("written", e);
        } finally {
            ended.run();
        }
    }

    private void commit(boolean published) throws IOException {
        writer.setLiveCommitData(PublishedCommits.data(space, published).entrySet());
        writer.commit();
    }
}
