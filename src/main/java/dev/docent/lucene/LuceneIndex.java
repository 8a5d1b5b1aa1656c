package dev.docent.lucene;

import dev.docent.failure.DependencyException;
import dev.docent.rag.Candidates;
import dev.docent.rag.EmbeddingSpace;
import dev.docent.rag.IndexUpdate;
import dev.docent.rag.Outline;
import dev.docent.rag.Passage;
import dev.docent.rag.PassageIndex;
import dev.docent.text.DeveloperAnalyzer;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexCommit;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.IndexWriterConfig.OpenMode;
import org.apache.lucene.index.MultiReader;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.store.Lock;
import org.apache.lucene.store.LockObtainFailedException;
import org.jspecify.annotations.Nullable;

/**
 * Passages in a folder, found by BM25F and by an HNSW graph over their vectors. Generations are
 * commits of one Lucene index, see {@link PublishedCommits}; the folder belongs to one process at a
 * time. Thread-safe.
 */
public final class LuceneIndex implements PassageIndex {
    private static final String NOTES = "docent.";

    private final Path folder;
    private final LuceneFailures failures;
    private final Directory directory;
    private final Lock lock;
    private final AtomicBoolean updating = new AtomicBoolean();
    private final AtomicBoolean closed = new AtomicBoolean();
    private volatile Generation published;

    private LuceneIndex(Path folder, Directory directory, Lock lock, Generation published) {
        this.folder = folder;
        this.failures = new LuceneFailures(folder);
        this.directory = directory;
        this.lock = lock;
        this.published = published;
    }

    /**
     * Opens the index of a folder, which is created if it does not exist.
     *
     * @throws DependencyException when the folder cannot be written, holds something else, or is
     *     held by another process
     */
    public static LuceneIndex open(Path folder) {
        LuceneFailures failures = new LuceneFailures(folder);
        Directory directory = null;
        Lock lock = null;
        try {
            Files.createDirectories(folder);
            directory = FSDirectory.open(folder);
            lock = directory.obtainLock("docent.lock");
            return new LuceneIndex(folder, directory, lock, Generation.published(directory));
        } catch (LockObtainFailedException e) {
            closeQuietly(directory, e);
            throw failures.heldElsewhere(e);
        } catch (IOException e) {
            closeQuietly(lock, e);
            closeQuietly(directory, e);
            throw failures.unusable("opened", e);
        }
    }

    @Override
    public Candidates search(String text, float @Nullable [] vector, int limit) {
        return read(generation -> {
            float[] point = vector != null && generation.holds(vector) ? vector : null;
            return search(generation).run(text, point, limit);
        });
    }

    @Override
    public List<List<Outline>> sections(List<Outline> passages) {
        return read(generation -> {
            LuceneSearch search = search(generation);
            List<List<Outline>> sections = new ArrayList<>();
            for (Outline passage : passages) {
                sections.add(search.section(passage));
            }
            return sections;
        });
    }

    @Override
    public Map<UUID, Passage> passages(Collection<UUID> ids) {
        return read(generation -> search(generation).passages(ids));
    }

    private LuceneSearch search(Generation generation) {
        return new LuceneSearch(generation.reader(), generation.outlines(), failures);
    }

    @Override
    public State state() {
        return read(generation ->
                new State(
                        String.valueOf(folder.getFileName()),
                        generation.space(),
                        generation.reader().numDocs()));
    }

    /**
     * {@inheritDoc}
     *
     * <p>It is a file beside those of Lucene, so publishing does not remove it.
     */
    @Override
    public Optional<String> note(Note note) {
        try {
            Path file = folder.resolve(NOTES + note.key());
            return Files.exists(file) ? Optional.of(Files.readString(file)) : Optional.empty();
        } catch (CharacterCodingException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw failures.unusable("read", e);
        }
    }

    @Override
    public void keep(Note note, String text) {
        try {
            Path file = folder.resolve(NOTES + note.key());
            Path half = Files.writeString(folder.resolve(file.getFileName() + ".new"), text);
            Files.move(half, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw failures.unusable("written", e);
        }
    }

    @Override
    public boolean holds(EmbeddingSpace space, Map<UUID, String> passages) {
        return read(generation ->
                space.equals(generation.space())
                        && !PublishedCommits.unfinished(directory)
                        && Fields.hashes(generation.reader()).equals(passages));
    }

    @Override
    public IndexUpdate update(EmbeddingSpace space) {
        if (!updating.compareAndSet(false, true)) {
            throw failures.updatedAlready();
        }
        try {
            return new LuceneUpdate(
                    failures, writer(space), space, this::refresh, () -> updating.set(false));
        } catch (IOException e) {
            updating.set(false);
            throw failures.unusable("updated", e);
        }
    }

    @Override
    public void close() {
        if (closed.getAndSet(true)) {
            return;
        }
        try (directory;
                lock) {
            published.reader().close();
        } catch (IOException e) {
            throw failures.unusable("closed", e);
        }
    }

    /** Lets new searches see the newest published commit. */
    private void refresh() {
        Generation former = published;
        try {
            published = Generation.published(directory);
        } catch (IOException e) {
            throw failures.unusable("read", e);
        }
        release(former);
    }

    private IndexWriter writer(EmbeddingSpace space) throws IOException {
        IndexWriterConfig config =
                new IndexWriterConfig(new DeveloperAnalyzer())
                        .setCommitOnClose(false)
                        .setIndexDeletionPolicy(new PublishedCommits())
                        .setOpenMode(OpenMode.CREATE);
        for (Optional<IndexCommit> base :
                List.of(
                        PublishedCommits.newestPublished(directory),
                        PublishedCommits.newest(directory))) {
            if (base.isPresent() && PublishedCommits.space(base.get()).equals(space)) {
                config.setOpenMode(OpenMode.APPEND).setIndexCommit(base.get());
            }
        }
        return new IndexWriter(directory, config);
    }

    private <T> T read(Reading<T> reading) {
        while (true) {
            Generation generation = published;
            if (!generation.reader().tryIncRef()) {
                if (closed.get()) {
                    throw failures.closed();
                }
                continue;
            }
            try {
                return reading.from(generation);
            } catch (IOException e) {
                throw failures.unusable("read", e);
            } finally {
                release(generation);
            }
        }
    }

    private void release(Generation generation) {
        try {
            generation.reader().decRef();
        } catch (IOException e) {
            throw failures.unusable("closed", e);
        }
    }

    private static void closeQuietly(@Nullable AutoCloseable resource, IOException reason) {
        try {
            if (resource != null) {
                resource.close();
            }
        } catch (Exception e) {
            reason.addSuppressed(e);
        }
    }

    /** A read of one generation, which stays open until it returns. */
    private interface Reading<T> {
        T from(Generation generation) throws IOException;
    }

    /** A published commit, held open. */
    private record Generation(
            IndexReader reader, @Nullable EmbeddingSpace space, Outlines outlines) {

        static Generation published(Directory directory) throws IOException {
            Optional<IndexCommit> commit = PublishedCommits.newestPublished(directory);
            return commit.isPresent()
                    ? new Generation(
                            DirectoryReader.open(commit.get()),
                            PublishedCommits.space(commit.get()),
                            new Outlines())
                    : new Generation(new MultiReader(), null, new Outlines());
        }

        boolean holds(float[] vector) {
            return space != null && space.dimension() == vector.length;
        }
    }
}
