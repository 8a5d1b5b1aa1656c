package dev.docent.local;

import dev.docent.failure.DependencyException;
import dev.docent.failure.Failure;
import dev.docent.failure.Failure.Nature;
import dev.docent.failure.FailureCode;
import dev.docent.rag.Candidates;
import dev.docent.rag.EmbeddingSpace;
import dev.docent.rag.Hit;
import dev.docent.rag.IndexUpdate;
import dev.docent.rag.Passage;
import dev.docent.rag.PassageIndex;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.FloatVectorValues;
import org.apache.lucene.index.IndexCommit;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.IndexWriterConfig.OpenMode;
import org.apache.lucene.index.KnnVectorValues.DocIndexIterator;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.MultiReader;
import org.apache.lucene.index.QueryTimeoutImpl;
import org.apache.lucene.index.ReaderUtil;
import org.apache.lucene.index.StoredFields;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.KnnFloatVectorQuery;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.similarities.BM25Similarity;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.store.Lock;
import org.apache.lucene.store.LockObtainFailedException;
import org.apache.lucene.util.VectorUtil;
import org.jspecify.annotations.Nullable;

/**
 * Passages in a folder, found by BM25F and by an HNSW graph over their vectors. Generations are
 * commits of one Lucene index, see {@link PublishedCommits}; the folder belongs to one process at a
 * time. Thread-safe.
 */
public final class LuceneIndex implements PassageIndex {
    private static final Duration DEADLINE = Duration.ofSeconds(5);

    /** A wider beam than most callers ask for: HNSW finds more of the true nearest with it. */
    private static final int BEAM = 100;

    private static final int SECTION_PARTS = 1000;

    /**
     * Sections are cut to a length already, so that a long one is held against itself less than
     * BM25 does by default (0.75). Against that, over 274 questions about three sites: 62 to 64 %
     * with the right heading first, 85 to 86 % among five; 0.2 to 0.5 come to the same.
     */
    private static final BM25Similarity SIMILARITY = new BM25Similarity(1.2f, 0.4f);

    private final Path folder;
    private final Directory directory;
    private final Lock lock;
    private final Analyzer analyzer = new DeveloperAnalyzer();
    private final AtomicBoolean updating = new AtomicBoolean();
    private final AtomicBoolean closed = new AtomicBoolean();
    private volatile Generation published;

    private LuceneIndex(Path folder, Directory directory, Lock lock, Generation published) {
        this.folder = folder;
        this.directory = directory;
        this.lock = lock;
        this.published = published;
    }

    /**
     * Opens the index of a folder, which is created where it does not exist.
     *
     * @throws DependencyException when the folder cannot be written, holds something else, or is
     *     held by another process
     */
    public static LuceneIndex open(Path folder) {
        Directory directory = null;
        Lock lock = null;
        try {
            Files.createDirectories(folder);
            directory = FSDirectory.open(folder);
            lock = directory.obtainLock("docent.lock");
            return new LuceneIndex(folder, directory, lock, Generation.published(directory));
        } catch (LockObtainFailedException e) {
            closeQuietly(directory, e);
            throw misconfigured(
                    "The index folder " + folder + " is held by another instance of docent.",
                    "Stop the other instance, or give this one a folder of its own with DOCENT_DATA.",
                    e);
        } catch (IOException e) {
            closeQuietly(lock, e);
            closeQuietly(directory, e);
            throw unusable(folder, "opened", e);
        }
    }

    @Override
    public Candidates search(String text, float @Nullable [] vector, int limit) {
        return read(generation -> {
            IndexReader reader = generation.reader();
            if (reader.numDocs() == 0) {
                return new Candidates(List.of(), Map.of());
            }
            float[] point = vector != null && generation.holds(vector) ? vector : null;
            IndexSearcher searcher = new IndexSearcher(reader);
            searcher.setSimilarity(SIMILARITY);
            searcher.setTimeout(new QueryTimeoutImpl(DEADLINE.toMillis()));
            LexicalQuery words = LexicalQuery.of(text, analyzer, Known.SYNONYMS, reader);
            Map<Integer, Found> found = new TreeMap<>();
            int rank = 0;
            for (ScoreDoc hit : searcher.search(words.query(), limit).scoreDocs) {
                found.computeIfAbsent(hit.doc, Found::new).lexical(++rank, hit.score);
            }
            if (point != null) {
                KnnFloatVectorQuery nearest =
                        new KnnFloatVectorQuery(Fields.VECTOR, point, Math.max(limit, BEAM));
                rank = 0;
                for (ScoreDoc hit : searcher.search(nearest, limit).scoreDocs) {
                    found.computeIfAbsent(hit.doc, Found::new).denseRank = ++rank;
                }
            }
            if (searcher.timedOut()) {
                throw tooSlow();
            }
            return new Candidates(hits(reader, found, point), words.rarity(), words.unknown());
        });
    }

    @Override
    public List<List<Passage>> sections(List<Passage> passages) {
        return read(generation -> {
            List<List<Passage>> sections = new ArrayList<>();
            for (Passage passage : passages) {
                sections.add(section(generation.reader(), passage));
            }
            return sections;
        });
    }

    private static List<Passage> section(IndexReader reader, Passage passage) throws IOException {
        StoredFields stored = reader.storedFields();
        TermQuery section = new TermQuery(Fields.sectionTerm(passage));
        List<Passage> parts = new ArrayList<>();
        for (ScoreDoc hit : new IndexSearcher(reader).search(section, SECTION_PARTS).scoreDocs) {
            parts.add(Fields.passage(stored.document(hit.doc)));
        }
        parts.sort(Comparator.comparingInt(Passage::part));
        return parts.contains(passage) ? List.copyOf(parts) : List.of(passage);
    }

    @Override
    public State state() {
        return read(generation ->
                new State(
                        String.valueOf(folder.getFileName()),
                        generation.space(),
                        generation.reader().numDocs()));
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
            throw misconfigured(
                    "The index folder " + folder + " is being updated already.",
                    "Wait until the running update has ended.",
                    null);
        }
        try {
            return new LuceneUpdate(this, folder, writer(space), space);
        } catch (IOException e) {
            updating.set(false);
            throw unusable(folder, "updated", e);
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
            throw unusable(folder, "closed", e);
        }
    }

    /** Shows the newest published commit to the searches that start from now on. */
    void refresh() throws IOException {
        Generation former = published;
        published = Generation.published(directory);
        former.reader().decRef();
    }

    void updateEnded() {
        updating.set(false);
    }

    private IndexWriter writer(EmbeddingSpace space) throws IOException {
        IndexWriterConfig config =
                new IndexWriterConfig(analyzer)
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

    private static List<Hit> hits(
            IndexReader reader, Map<Integer, Found> found, float @Nullable [] point)
            throws IOException {
        StoredFields stored = reader.storedFields();
        List<Hit> hits = new ArrayList<>();
        LeafReaderContext leaf = null;
        FloatVectorValues vectors = null;
        DocIndexIterator place = null;
        // In the order of document numbers, since vectors can only be walked forwards.
        for (Found one : found.values()) {
            double cosine = 0;
            if (point != null) {
                LeafReaderContext home =
                        reader.leaves().get(ReaderUtil.subIndex(one.document, reader.leaves()));
                if (home != leaf || vectors == null || place == null) {
                    leaf = home;
                    vectors = leaf.reader().getFloatVectorValues(Fields.VECTOR);
                    place = vectors.iterator();
                }
                place.advance(one.document - leaf.docBase);
                cosine = VectorUtil.dotProduct(point, vectors.vectorValue(place.index()));
            }
            hits.add(
                    new Hit(
                            Fields.passage(stored.document(one.document)),
                            Math.clamp(cosine, -1, 1),
                            one.denseRank,
                            one.bm25,
                            one.lexicalRank));
        }
        return hits;
    }

    private <T> T read(Reading<T> reading) {
        while (true) {
            Generation generation = published;
            if (!generation.reader().tryIncRef()) {
                if (closed.get()) {
                    throw misconfigured(
                            "The index folder " + folder + " was closed.",
                            "Start docent again.",
                            null);
                }
                continue;
            }
            try {
                return reading.from(generation);
            } catch (IOException e) {
                throw unusable(folder, "read", e);
            } finally {
                release(generation);
            }
        }
    }

    private void release(Generation generation) {
        try {
            generation.reader().decRef();
        } catch (IOException e) {
            throw unusable(folder, "closed", e);
        }
    }

    static DependencyException unusable(Path folder, String verb, IOException cause) {
        return misconfigured(
                "The index folder "
                        + folder
                        + " cannot be "
                        + verb
                        + ": "
                        + cause.getClass().getSimpleName()
                        + " "
                        + cause.getMessage()
                        + ".",
                "Check that its disk has room and that the user of docent may write there, or name"
                        + " another folder with DOCENT_DATA.",
                cause);
    }

    private static DependencyException misconfigured(
            String owner, String action, @Nullable Throwable cause) {
        return new DependencyException(
                new Failure(
                        FailureCode.RETRIEVAL_FAILED,
                        Nature.MISCONFIGURED,
                        "The documentation cannot be searched right now.",
                        owner,
                        action,
                        null),
                cause);
    }

    private DependencyException tooSlow() {
        return new DependencyException(
                new Failure(
                        FailureCode.TIMEOUT,
                        Nature.UNAVAILABLE,
                        "Searching the documentation took too long.",
                        "A search in "
                                + folder
                                + " took longer than "
                                + DEADLINE.toSeconds()
                                + " s.",
                        "See whether the machine is overloaded.",
                        null));
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

    /** What a search needs of the index; the generation stays open meanwhile. */
    private interface Reading<T> {
        T from(Generation generation) throws IOException;
    }

    /** A published commit, held open. */
    private record Generation(IndexReader reader, @Nullable EmbeddingSpace space) {

        static Generation published(Directory directory) throws IOException {
            Optional<IndexCommit> commit = PublishedCommits.newestPublished(directory);
            return commit.isPresent()
                    ? new Generation(
                            DirectoryReader.open(commit.get()),
                            PublishedCommits.space(commit.get()))
                    : new Generation(new MultiReader(), null);
        }

        boolean holds(float[] vector) {
            return space != null && space.dimension() == vector.length;
        }
    }

    /** Read at the first search, since a start has better use for the time. */
    private static final class Known {
        private static final Synonyms SYNONYMS = new Synonyms(new DeveloperAnalyzer());
    }

    /** What the lists say of a document. */
    private static final class Found {
        private final int document;
        private int denseRank;
        private int lexicalRank;
        private double bm25;

        private Found(int document) {
            this.document = document;
        }

        private void lexical(int rank, double score) {
            lexicalRank = rank;
            bm25 = score;
        }
    }
}
