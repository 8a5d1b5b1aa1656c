package dev.docent.lucene;

import dev.docent.rag.Candidates;
import dev.docent.rag.Hit;
import dev.docent.rag.Outline;
import dev.docent.rag.Passage;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.apache.lucene.index.FloatVectorValues;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.KnnVectorValues.DocIndexIterator;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.QueryTimeoutImpl;
import org.apache.lucene.index.ReaderUtil;
import org.apache.lucene.index.StoredFields;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.KnnFloatVectorQuery;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TermInSetQuery;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.util.BytesRef;
import org.apache.lucene.util.VectorUtil;
import org.jspecify.annotations.Nullable;

/** A search in one generation of a {@link LuceneIndex}. Not thread-safe. */
final class LuceneSearch {
    private static final Duration DEADLINE = Duration.ofSeconds(5);

    /**
     * The least number of candidates in HNSW: more than most callers ask for, to find more of the
     * true nearest.
     */
    private static final int BEAM = 100;

    private static final int SECTION_PARTS = 1000;

    private final IndexReader reader;
    private final Outlines outlines;
    private final LuceneFailures failures;

    LuceneSearch(IndexReader reader, Outlines outlines, LuceneFailures failures) {
        this.reader = reader;
        this.outlines = outlines;
        this.failures = failures;
    }

    /**
     * The best passages by words and by meaning.
     *
     * @param point the question's vector, null for words alone
     * @param limit length of each of the two lists
     */
    Candidates run(String text, float @Nullable [] point, int limit) throws IOException {
        if (reader.numDocs() == 0) {
            return new Candidates(List.of(), Map.of());
        }
        IndexSearcher searcher = LexicalQuery.searcher(reader);
        searcher.setTimeout(new QueryTimeoutImpl(DEADLINE.toMillis()));
        LexicalQuery words = LexicalQuery.of(text, reader);
        Map<Integer, Found> found = new TreeMap<>();
        double most = words.most();
        for (ScoreDoc hit : searcher.search(words.query(), limit).scoreDocs) {
            found.computeIfAbsent(hit.doc, Found::new).bm25 = Math.min(most, hit.score);
        }
        if (point != null) {
            KnnFloatVectorQuery nearest =
                    new KnnFloatVectorQuery(Fields.VECTOR, point, Math.max(limit, BEAM));
            int rank = 0;
            for (ScoreDoc hit : searcher.search(nearest, limit).scoreDocs) {
                found.computeIfAbsent(hit.doc, Found::new).denseRank = ++rank;
            }
        }
        if (searcher.timedOut()) {
            throw failures.tooSlow(DEADLINE);
        }
        return new Candidates(hits(found, point), words.idf(), words.unknown());
    }

    /**
     * All parts of a passage's section in order; only the passage itself if it is not in the index.
     */
    List<Outline> section(Outline passage) throws IOException {
        StoredFields stored = reader.storedFields();
        TermQuery section = new TermQuery(Fields.sectionTerm(passage));
        List<Outline> parts = new ArrayList<>();
        for (ScoreDoc hit : new IndexSearcher(reader).search(section, SECTION_PARTS).scoreDocs) {
            parts.add(outlines.of(hit.doc, stored));
        }
        parts.sort(Comparator.comparingInt(Outline::part));
        return parts.contains(passage) ? List.copyOf(parts) : List.of(passage);
    }

    /** The passages of these ids, with their texts. */
    Map<UUID, Passage> passages(Collection<UUID> ids) throws IOException {
        StoredFields stored = reader.storedFields();
        TermInSetQuery any =
                new TermInSetQuery(
                        Fields.ID, ids.stream().map(id -> new BytesRef(id.toString())).toList());
        Map<UUID, Passage> passages = new HashMap<>();
        int most = Math.max(1, ids.size());
        for (ScoreDoc hit : new IndexSearcher(reader).search(any, most).scoreDocs) {
            Passage passage = Fields.passage(stored, hit.doc);
            passages.put(passage.id(), passage);
        }
        return passages;
    }

    private List<Hit> hits(Map<Integer, Found> found, float @Nullable [] point) throws IOException {
        StoredFields stored = reader.storedFields();
        List<Hit> hits = new ArrayList<>();
        LeafReaderContext leaf = null;
        FloatVectorValues vectors = null;
        DocIndexIterator place = null;
        // In the order of document numbers, because vectors can only be read forwards.
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
                            outlines.of(one.document, stored),
                            Math.clamp(cosine, -1, 1),
                            one.denseRank,
                            one.bm25));
        }
        return hits;
    }

    /** A document's places and scores in the two lists. */
    private static final class Found {
        private final int document;
        private int denseRank;
        private double bm25;

        private Found(int document) {
            this.document = document;
        }
    }
}
