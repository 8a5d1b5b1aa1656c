package dev.docent.lucene;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.analysis.tokenattributes.OffsetAttribute;
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
import org.apache.lucene.search.Query;
import org.apache.lucene.util.BytesRef;

/**
 * A question as BM25F over a passage's fields: each term counts over text, heading, parent headings
 * and title together, with their weights, so that a passage's score stays below the sum of the
 * terms' inverse document frequencies.
 *
 * @param query what to search
 * @param idf the terms that were searched, and words that the index does not know at all, each with
 *     its inverse document frequency
 * @param unknown these words
 */
record LexicalQuery(Query query, Map<String, Double> idf, Set<String> unknown) {
    /** Longer questions are cut: each term costs a pass over its postings. */
    private static final int MOST_TERMS = 64;

    private static final Map<String, Float> FIELDS =
            Map.of(Fields.TEXT, 1f, Fields.HEADING, 3f, Fields.PARENTS, 1f, Fields.TITLE, 2f);

    /** Share of a term's score that a synonym has. */
    private static final float SYNONYM = 0.4f;

    /** What a question is made of beside what it asks for, stemmed as the analyzer does. */
    private static final Set<String> ASKING =
            Set.of(
                    "i", "me", "my", "we", "our", "you", "your", "it", "what", "which", "who",
                    "how", "why", "when", "where", "do", "doe", "did", "can", "could", "should",
                    "would", "am", "ha", "have", "from", "pleas", "about", "so", "all", "ani",
                    "get", "want", "need", "us", "thing", "wai", "make", "tell", "give", "show",
                    "explain", "work");

    LexicalQuery {
        idf = Map.copyOf(idf);
        unknown = Set.copyOf(unknown);
    }

    static LexicalQuery of(String text, Analyzer analyzer, Synonyms synonyms, IndexReader reader)
            throws IOException {
        BooleanQuery.Builder query = new BooleanQuery.Builder();
        Map<String, Double> idf = new LinkedHashMap<>();
        List<Word> words = words(text, analyzer);
        for (Word word : words) {
            int known = frequency(reader, word.term());
            if (known > 0) {
                add(query, idf, reader, word.term(), known, 1f);
            }
        }
        Set<String> asked = new LinkedHashSet<>(words.stream().map(Word::term).toList());
        for (String term : asked) {
            addSynonyms(query, idf, reader, term, synonyms.of(term), asked);
        }
        Set<String> unknown = new LinkedHashSet<>();
        for (Word word : words) {
            if (idf.containsKey(word.term()) || overlapsKnown(word, words, reader)) {
                continue;
            }
            List<String> meant = neighbours(reader, word.term());
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
     * The best of a term's synonyms counts, and never as much as the term itself might. A term that
     * the index knows by its synonyms alone is as rare as the rarest of them.
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

    /** Whether a part, or a spelling, of the same compound is known: then it is no unknown word. */
    private static boolean overlapsKnown(Word word, List<Word> words, IndexReader reader)
            throws IOException {
        for (Word other : words) {
            if (other.start() < word.end()
                    && word.start() < other.end()
                    && frequency(reader, other.term()) > 0) {
                return true;
            }
        }
        return false;
    }

    /** The most frequent terms that a mistyped word may have meant. */
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

    /** The terms of a text as they are indexed. */
    static List<String> terms(String text, Analyzer analyzer) throws IOException {
        return all(text, analyzer).stream().map(Word::term).toList();
    }

    private static List<Word> words(String text, Analyzer analyzer) throws IOException {
        List<Word> all = all(text, analyzer);
        List<Word> asked = all.stream().filter(word -> !ASKING.contains(word.term())).toList();
        return asked.isEmpty() ? all : asked;
    }

    private static List<Word> all(String text, Analyzer analyzer) throws IOException {
        List<Word> all = new ArrayList<>();
        try (TokenStream tokens = analyzer.tokenStream(Fields.TEXT, text)) {
            CharTermAttribute term = tokens.addAttribute(CharTermAttribute.class);
            OffsetAttribute offset = tokens.addAttribute(OffsetAttribute.class);
            tokens.reset();
            while (tokens.incrementToken() && all.size() < MOST_TERMS) {
                Word word = new Word(term.toString(), offset.startOffset(), offset.endOffset());
                if (!all.contains(word)) {
                    all.add(word);
                }
            }
            tokens.end();
        }
        return all;
    }

    private record Word(String term, int start, int end) {}
}
