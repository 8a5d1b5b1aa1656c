package dev.docent.lucene;

import dev.docent.rag.Candidates;
import dev.docent.rag.Hit;
import dev.docent.rag.Outline;
import dev.docent.rag.Passage;
import dev.docent.text.DeveloperAnalyzer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.LogDocMergePolicy;
import org.apache.lucene.index.SerialMergeScheduler;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.store.ByteBuffersDataOutput;
import org.apache.lucene.store.ByteBuffersDirectory;
import org.apache.lucene.store.SingleInstanceLockFactory;
import org.jspecify.annotations.Nullable;

/**
 * The words and the outlines of passages whose texts are kept elsewhere, in memory. By words it
 * finds exactly what a {@link LuceneIndex} of the same passages finds. Immutable and thread-safe;
 * it holds nothing that must be closed.
 */
public final class WordIndex {
    private final IndexReader reader;

    /** By document number. */
    private final List<Outline> outlines;

    private final Map<UUID, Outline> byId;

    private WordIndex(IndexReader reader, List<Outline> outlines) {
        this.reader = reader;
        this.outlines = List.copyOf(outlines);
        byId = HashMap.newHashMap(outlines.size());
        outlines.forEach(outline -> byId.put(outline.id(), outline));
    }

    /**
     * The best passages by words, in the terms of {@link dev.docent.rag.PassageIndex#search}
     * without a vector.
     *
     * @param limit at least 1
     */
    public Candidates search(String text, int limit) {
        if (outlines.isEmpty()) {
            return new Candidates(List.of(), Map.of());
        }
        try {
            LexicalQuery words = LexicalQuery.of(text, reader);
            List<Hit> hits = new ArrayList<>();
            for (ScoreDoc hit :
                    LexicalQuery.searcher(reader).search(words.query(), limit).scoreDocs) {
                hits.add(new Hit(outlines.get(hit.doc), 0, 0, Math.min(words.most(), hit.score)));
            }
            return new Candidates(hits, words.idf(), words.unknown());
        } catch (IOException e) {
            throw new UncheckedIOException("an index in memory can be read", e);
        }
    }

    /** The outline of a passage; empty if it is not one of these. */
    public Optional<Outline> outline(UUID id) {
        return Optional.ofNullable(byId.get(id));
    }

    /**
     * All parts of a passage's section in order, itself included. Where ids are not those of {@link
     * Passage#idOf}, only itself, because other programs do not tell apart equal headings.
     */
    public List<Outline> section(Outline passage) {
        List<Outline> parts = new ArrayList<>();
        Outline part = part(passage, 0);
        while (part != null) {
            parts.add(part);
            part = part(passage, parts.size());
        }
        return parts.contains(passage) ? parts : List.of(passage);
    }

    private @Nullable Outline part(Outline passage, int number) {
        return byId.get(Passage.idOf(passage.file(), passage.anchor(), number));
    }

    /** Takes passages and makes an index of them. Not thread-safe. */
    public static final class Builder {
        private final ByteBuffersDirectory directory =
                new ByteBuffersDirectory(
                        new SingleInstanceLockFactory(),
                        ByteBuffersDataOutput::new,
                        ByteBuffersDirectory.OUTPUT_AS_ONE_BUFFER);
        private final IndexWriter writer;
        private final List<Outline> outlines = new ArrayList<>();
        private final Map<String, String> shared = new HashMap<>();

        /** Begins with no passage. */
        public Builder() {
            try {
                // This policy merges neighbours only, so that documents keep the order of outlines.
                writer =
                        new IndexWriter(
                                directory,
                                new IndexWriterConfig(new DeveloperAnalyzer())
                                        .setMergePolicy(new LogDocMergePolicy())
                                        .setMergeScheduler(new SerialMergeScheduler()));
            } catch (IOException e) {
                throw inMemory(e);
            }
        }

        /** Adds a passage, whose text is not kept. */
        public void add(Passage passage) {
            try {
                writer.addDocument(Fields.words(passage));
            } catch (IOException e) {
                throw inMemory(e);
            }
            outlines.add(
                    new Outline(
                            passage.id(),
                            shared(passage.file()),
                            shared(passage.title()),
                            passage.headingPath().stream().map(this::shared).toList(),
                            shared(passage.anchor()),
                            passage.url(),
                            passage.part(),
                            passage.tokens(),
                            passage.text().hashCode()));
        }

        /** The passages of a page have most of these in common. */
        private String shared(String text) {
            return shared.computeIfAbsent(text, same -> same);
        }

        /** The index of all passages so far; ends the building. */
        public WordIndex build() {
            try {
                // One segment answers in half the time of several.
                writer.forceMerge(1);
                writer.close();
                return new WordIndex(DirectoryReader.open(directory), outlines);
            } catch (IOException e) {
                throw inMemory(e);
            }
        }

        private static UncheckedIOException inMemory(IOException e) {
            return new UncheckedIOException("an index in memory can be written", e);
        }
    }
}
