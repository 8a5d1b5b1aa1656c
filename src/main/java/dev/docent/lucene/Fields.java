package dev.docent.lucene;

import dev.docent.rag.IndexUpdate;
import dev.docent.rag.Outline;
import dev.docent.rag.Passage;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.apache.lucene.document.BinaryDocValuesField;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.FieldType;
import org.apache.lucene.document.KnnFloatVectorField;
import org.apache.lucene.document.StoredField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.index.BinaryDocValues;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.FloatVectorValues;
import org.apache.lucene.index.IndexOptions;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.IndexableField;
import org.apache.lucene.index.KnnVectorValues.DocIndexIterator;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.MultiBits;
import org.apache.lucene.index.ReaderUtil;
import org.apache.lucene.index.StoredFields;
import org.apache.lucene.index.Term;
import org.apache.lucene.index.VectorSimilarityFunction;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.util.Bits;
import org.apache.lucene.util.BytesRef;
import org.jspecify.annotations.Nullable;

/** The Lucene document of a passage. */
final class Fields {
    static final String TEXT = "text";
    static final String HEADING = "heading";
    static final String PARENTS = "parents";
    static final String TITLE = "title";
    static final String VECTOR = "vector";
    static final String ID = "id";
    static final String HASH = "hash";
    private static final String SECTION = "section";
    private static final String FILE = "file";
    private static final String PATH = "path";
    private static final String ANCHOR = "anchor";
    private static final String URL = "url";
    private static final String PART = "part";
    private static final String TOKENS = "tokens";

    /** Older versions stored none. */
    private static final String TEXT_HASH = "text-hash";

    private static final Set<String> OUTLINE =
            Set.of(ID, FILE, TITLE, PATH, ANCHOR, URL, PART, TOKENS, TEXT_HASH);

    private static final FieldType WORDS = words(true);

    private static final FieldType UNSTORED = words(false);

    private Fields() {}

    static Document document(IndexUpdate.Entry entry) {
        Passage passage = entry.passage();
        Document document = new Document();
        document.add(new StringField(ID, passage.id().toString(), Field.Store.YES));
        document.add(new BinaryDocValuesField(ID, new BytesRef(passage.id().toString())));
        document.add(new BinaryDocValuesField(HASH, new BytesRef(entry.hash())));
        document.add(new StringField(SECTION, section(passage.outline()), Field.Store.NO));
        document.add(
                new KnnFloatVectorField(
                        VECTOR, entry.vector(), VectorSimilarityFunction.DOT_PRODUCT));
        words(document, passage, WORDS);
        document.add(new StoredField(FILE, passage.file()));
        passage.headingPath().forEach(heading -> document.add(new StoredField(PATH, heading)));
        document.add(new StoredField(ANCHOR, passage.anchor()));
        if (passage.url() != null) {
            document.add(new StoredField(URL, passage.url()));
        }
        document.add(new StoredField(PART, passage.part()));
        document.add(new StoredField(TOKENS, passage.tokens()));
        document.add(new StoredField(TEXT_HASH, passage.text().hashCode()));
        return document;
    }

    /** The document of a passage by whose words alone it is found. */
    static Document words(Passage passage) {
        Document document = new Document();
        words(document, passage, UNSTORED);
        return document;
    }

    /** All fields, empty ones too: lengths that every document has are looked up in an array. */
    private static void words(Document document, Passage passage, FieldType type) {
        List<String> path = passage.headingPath();
        int parents = Math.max(0, path.size() - 1);
        document.add(new Field(TEXT, passage.text(), type));
        document.add(new Field(TITLE, passage.title(), type));
        document.add(new Field(HEADING, path.isEmpty() ? "" : path.getLast(), type));
        document.add(new Field(PARENTS, String.join("\n", path.subList(0, parents)), type));
    }

    static Passage passage(StoredFields stored, int document) throws IOException {
        Document all = stored.document(document);
        String text = text(all, TEXT);
        return new Passage(outline(all, text.hashCode()), text);
    }

    static Outline outline(StoredFields stored, int document) throws IOException {
        Document most = stored.document(document, OUTLINE);
        return most.getField(TEXT_HASH) == null
                ? passage(stored, document).outline()
                : outline(most, number(most, TEXT_HASH));
    }

    private static Outline outline(Document stored, int textHash) {
        return new Outline(
                UUID.fromString(text(stored, ID)),
                text(stored, FILE),
                text(stored, TITLE),
                List.of(stored.getValues(PATH)),
                text(stored, ANCHOR),
                stored.get(URL),
                number(stored, PART),
                number(stored, TOKENS),
                textHash);
    }

    /** Id to content hash of all passages. */
    static Map<UUID, String> hashes(IndexReader reader) throws IOException {
        Map<UUID, String> all = HashMap.newHashMap(reader.numDocs());
        for (LeafReaderContext leaf : reader.leaves()) {
            BinaryDocValues ids = DocValues.getBinary(leaf.reader(), ID);
            BinaryDocValues hashes = DocValues.getBinary(leaf.reader(), HASH);
            Bits live = leaf.reader().getLiveDocs();
            for (int doc = ids.nextDoc(); doc < leaf.reader().maxDoc(); doc = ids.nextDoc()) {
                if ((live == null || live.get(doc)) && hashes.advanceExact(doc)) {
                    all.put(
                            UUID.fromString(ids.binaryValue().utf8ToString()),
                            hashes.binaryValue().utf8ToString());
                }
            }
        }
        return all;
    }

    /** Contents of all passages to the ids of passages that have them. */
    static Map<UUID, UUID> contents(IndexReader reader) throws IOException {
        Map<UUID, UUID> all = HashMap.newHashMap(reader.numDocs());
        StoredFields stored = reader.storedFields();
        Bits live = MultiBits.getLiveDocs(reader);
        for (int document = 0; document < reader.maxDoc(); document++) {
            if (live == null || live.get(document)) {
                Passage passage = passage(stored, document);
                all.put(passage.contentId(), passage.id());
            }
        }
        return all;
    }

    /** The vector of the passage with an id; null if it is gone or has another content. */
    static float @Nullable [] vector(IndexReader reader, UUID id, UUID content) throws IOException {
        for (ScoreDoc hit : new IndexSearcher(reader).search(new TermQuery(id(id)), 1).scoreDocs) {
            LeafReaderContext leaf =
                    reader.leaves().get(ReaderUtil.subIndex(hit.doc, reader.leaves()));
            FloatVectorValues vectors = leaf.reader().getFloatVectorValues(VECTOR);
            DocIndexIterator place = vectors.iterator();
            place.advance(hit.doc - leaf.docBase);
            if (passage(reader.storedFields(), hit.doc).contentId().equals(content)) {
                return vectors.vectorValue(place.index()).clone();
            }
        }
        return null;
    }

    static Term id(UUID id) {
        return new Term(ID, id.toString());
    }

    static Term sectionTerm(Outline passage) {
        return new Term(SECTION, section(passage));
    }

    private static String section(Outline passage) {
        return Passage.idOf(passage.file(), passage.anchor(), 0).toString();
    }

    private static String text(Document stored, String field) {
        return Objects.requireNonNull(stored.get(field), field);
    }

    private static int number(Document stored, String field) {
        IndexableField value = Objects.requireNonNull(stored.getField(field), field);
        return Objects.requireNonNull(value.numericValue(), field).intValue();
    }

    private static FieldType words(boolean stored) {
        FieldType type = new FieldType();
        type.setStored(stored);
        type.setTokenized(true);
        type.setIndexOptions(IndexOptions.DOCS_AND_FREQS);
        type.freeze();
        return type;
    }
}
