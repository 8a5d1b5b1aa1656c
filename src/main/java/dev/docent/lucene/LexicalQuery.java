package dev.docent.lucene;

import dev.docent.rag.Bm25;
import dev.docent.text.Synonyms;
import dev.docent.text.Words;
import dev.docent.text.Words.Token;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.MultiTerms;
import org.apache.lucene.index.Term;
import org.apache.lucene.index.Terms;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.BoostQuery;
import org.apache.lucene.search.CombinedFieldQuery;
import org.apache.lucene.search.DisjunctionMaxQuery;
import org.apache.lucene.search.FuzzyTermsEnum;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.similarities.BM25Similarity;
import org.apache.lucene.util.BytesRef;

/**
 * A question as {@link Bm25} over a passage's fields.
 *
 * @param query the query to search with
 * @param idf the terms that are searched and the unknown words, each with its inverse document
 *     frequency
 * @param unknown words that do not occur in the index
 */
record LexicalQuery(Query query, Map<String, Double> idf, Set<String> unknown) {
    /** Longer questions are cut: each term costs a pass over its postings. */
    private static final int MOST_TERMS = 64;

    /** Words that may be mistyped: each costs a pass over the dictionary. */
    private static final int MOST_MISTYPED = 6;

    /** Longer ones are hardly words, and cost most. */
    private static final int LONGEST_MISTYPED = 20;

    private static final Map<String, Float> FIELDS =
            Map.of(
                    Fields.TEXT,
                    1f,
                    Fields.TITLE,
                    Bm25.TITLE,
                    Fields.HEADING,
                    Bm25.HEADING,
                    Fields.PARENTS,
                    Bm25.PARENTS);

    /** Share of a term's score that a synonym has. */
    private static final float SYNONYM = 0.4f;

    private static final BM25Similarity SIMILARITY = new BM25Similarity(Bm25.K1, Bm25.B);

    LexicalQuery {
        idf = Map.copyOf(idf);
        unknown = Set.copyOf(unknown);
    }

    /** A searcher that scores by {@link Bm25}. */
    static IndexSearcher searcher(IndexReader reader) {
        IndexSearcher searcher = new IndexSearcher(reader);
        searcher.setSimilarity(SIMILARITY);
        // Each question is another one.
        searcher.setQueryCache(null);
        return searcher;
    }

    /** The highest score; a synonym beside its term may say more than the term alone can. */
    double most() {
        return idf.values().stream().mapToDouble(Double::doubleValue).sum();
    }

    static LexicalQuery of(String text, IndexReader reader) throws IOException {
        BooleanQuery.Builder query = new BooleanQuery.Builder();
        Map<String, Double> idf = new LinkedHashMap<>();
        List<Token> words = Words.asked(text, MOST_TERMS);
        for (Token word : words) {
            int known = frequency(reader, word.term());
            if (known > 0) {
                add(query, idf, reader, word.term(), known, 1f);
            }
        }
        Set<String> asked = new LinkedHashSet<>(words.stream().map(Token::term).toList());
        for (String term : asked) {
            addSynonyms(query, idf, reader, term, Synonyms.of(term), asked);
        }
        Set<String> unknown = new LinkedHashSet<>();
        int mistyped = 0;
        for (Token word : words) {
            if (idf.containsKey(word.term()) || overlapsKnown(word, words, reader)) {
                continue;
            }
            boolean tried = word.term().length() <= LONGEST_MISTYPED && mistyped++ < MOST_MISTYPED;
            List<String> meant = tried ? neighbours(reader, word.term()) : List.of();
            if (meant.isEmpty()) {
                idf.put(word.term(), idf(reader, 0));
                unknown.add(word.term());
            }
            for (String term : meant) {
                add(query, idf, reader, term, frequency(reader, term), 0.7f / meant.size());
            }
        }
        return new LexicalQuery(query.build(), idf, unknown);
    }

    private static void add(
            BooleanQuery.Builder query,
            Map<String, Double> idf,
            IndexReader reader,
            String term,
            int frequency,
            float boost) {
        if (idf.putIfAbsent(term, idf(reader, frequency)) == null) {
            query.add(new BoostQuery(anywhere(term), boost), Occur.SHOULD);
        }
    }

    /**
     * Adds a term's synonyms: only the best one counts, and always less than the term itself could.
     * If the index has only synonyms of a term, its idf is the highest of theirs.
     */
    private static void addSynonyms(
            BooleanQuery.Builder query,
            Map<String, Double> idf,
            IndexReader reader,
            String term,
            Set<String> synonyms,
            Set<String> asked)
            throws IOException {
        Map<String, Double> known = new LinkedHashMap<>();
        for (String synonym : synonyms) {
            int frequency = frequency(reader, synonym);
            if (frequency > 0 && !asked.contains(synonym)) {
                known.put(synonym, idf(reader, frequency));
            }
        }
        if (known.isEmpty()) {
            return;
        }
        double rarest = known.values().stream().max(Double::compare).orElseThrow();
        double own = idf.computeIfAbsent(term, _ -> rarest);
        List<Query> queries = new ArrayList<>();
        known.forEach((synonym, ofSynonym) -> {
            float boost = (float) (SYNONYM * Math.min(1, own / ofSynonym));
            queries.add(new BoostQuery(anywhere(synonym), boost));
        });
        query.add(new DisjunctionMaxQuery(queries, 0), Occur.SHOULD);
    }

    private static Query anywhere(String term) {
        CombinedFieldQuery.Builder fields = new CombinedFieldQuery.Builder(term);
        FIELDS.forEach(fields::addField);
        return fields.build();
    }

    /** As Lucene's BM25Similarity has it. */
    private static double idf(IndexReader reader, int frequency) {
        double documents = reader.numDocs();
        return Math.log1p((documents - frequency + 0.5) / (frequency + 0.5));
    }

    private static int frequency(IndexReader reader, String term) throws IOException {
        int most = 0;
        for (String field : FIELDS.keySet()) {
            most = Math.max(most, reader.docFreq(new Term(field, term)));
        }
        return most;
    }

    /**
     * Whether a part or another spelling of the same compound is known; then the word does not
     * count as unknown.
     */
    private static boolean overlapsKnown(Token word, List<Token> words, IndexReader reader)
            throws IOException {
        for (Token other : words) {
            if (other.overlaps(word) && frequency(reader, other.term()) > 0) {
                return true;
            }
        }
        return false;
    }

    /** The most frequent terms that may be meant by a mistyped word. */
    private static List<String> neighbours(IndexReader reader, String word) throws IOException {
        int edits = word.length() < 5 ? 0 : word.length() < 9 ? 1 : 2;
        Terms terms = MultiTerms.getTerms(reader, Fields.TEXT);
        if (edits == 0 || terms == null) {
            return List.of();
        }
        record Neighbour(String term, float closeness, int frequency) {}
        List<Neighbour> found = new ArrayList<>();
        FuzzyTermsEnum near =
                new FuzzyTermsEnum(terms, new Term(Fields.TEXT, word), edits, 1, true);
        for (BytesRef term = near.next(); term != null; term = near.next()) {
            found.add(new Neighbour(term.utf8ToString(), near.getBoost(), near.docFreq()));
        }
        return found.stream()
                .sorted(
                        Comparator.comparingDouble(Neighbour::closeness)
                                .thenComparingInt(Neighbour::frequency)
                                .reversed())
                .limit(2)
                .map(Neighbour::term)
                .toList();
    }
}
