package dev.docent.text;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.standard.StandardTokenizer;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.analysis.tokenattributes.OffsetAttribute;

/**
 * The words of a text: as they are written, and as the terms of {@link DeveloperAnalyzer} by which
 * texts are compared and searched. Stop words are English ones; words of other languages all count
 * as topical, which costs some precision and breaks nothing. Thread-safe.
 */
public final class Words {
    private static final IdleAnalyzers TERMS = new IdleAnalyzers(DeveloperAnalyzer::new);

    /** Words as they are written, by UAX #29. */
    private static final IdleAnalyzers WRITTEN =
            new IdleAnalyzers(reuse ->
                    new Analyzer(reuse) {
                        @Override
                        protected TokenStreamComponents createComponents(String field) {
                            return new TokenStreamComponents(new StandardTokenizer());
                        }
                    });

    /** Words that only make a text a question. */
    private static final Set<String> ASKING =
            withTerms(
                    "i me my we our you your it what which who how why when where do does did can"
                            + " could should would am has have from please about so all any get"
                            + " want need use thing way make tell give show explain work");

    /** Words that carry no topic. */
    private static final Set<String> STOP =
            withTerms(
                    "a about after again all also although always am an and another any anything"
                            + " are as at be because been before being both but by came can cannot"
                            + " come could did do does doing done each either else ever every for"
                            + " from get gets getting give go goes going got had has have having he"
                            + " help her here him his how however i if in instead into is it its"
                            + " just let like make makes making many may maybe me might more most"
                            + " much must my need needs neither no nor not nothing now of off on"
                            + " once one only onto or other our out over own please possible put"
                            + " rather really same say see shall she should since so some something"
                            + " still such tell than that the their them then there these they"
                            + " thing things this those though through thus to too try under until"
                            + " up upon us use used uses using very want wants was way we well were"
                            + " what whatever when where whether which while who whom whose why"
                            + " will with within without work works would yes yet you your");

    private Words() {}

    /**
     * A term and its place in the text. The parts and spellings of one compound overlap.
     *
     * @param term as it is indexed
     * @param start first character in the text
     * @param end after the last one
     */
    public record Token(String term, int start, int end) {
        /** Whether both are of one compound. */
        public boolean overlaps(Token other) {
            return start < other.end && other.start < end;
        }
    }

    /** All terms in the order of the text, each as often as it occurs. */
    public static List<String> terms(String text) {
        return tokens(TERMS, text).stream().map(Token::term).toList();
    }

    /** The terms that carry a topic, in the order of the text, each as often as it occurs. */
    public static List<String> topics(String text) {
        return terms(text).stream().filter(term -> !isStop(term)).toList();
    }

    /**
     * The terms to search an index for: those of a question, without the ones that only make it a
     * question (unless there are no others); each place of a term once. Few words are left out,
     * because an index gives frequent terms little weight anyway.
     *
     * @param most how many of them at most
     */
    public static List<Token> asked(String question, int most) {
        List<Token> all = tokens(TERMS, question);
        List<Token> asked = all.stream().filter(token -> !ASKING.contains(token.term())).toList();
        return (asked.isEmpty() ? all : asked).stream().distinct().limit(most).toList();
    }

    /** All words as they are written; text of a script without spaces is one word. */
    public static List<String> written(String text) {
        List<String> words = new ArrayList<>();
        int start = 0;
        int end = 0;
        for (Token token : tokens(WRITTEN, text)) {
            if (token.start() > end || words.isEmpty()) {
                start = token.start();
            } else {
                words.removeLast();
            }
            end = token.end();
            words.add(text.substring(start, end));
        }
        return words;
    }

    /** Whether a word, as it is written or as a term, carries no topic. */
    public static boolean isStop(String word) {
        String lower = word.toLowerCase(Locale.ROOT);
        int apostrophe = Math.max(lower.indexOf('\''), lower.indexOf('’'));
        return STOP.contains(apostrophe > 0 ? lower.substring(0, apostrophe) : lower);
    }

    private static Set<String> withTerms(String words) {
        Set<String> both = new HashSet<>(List.of(words.split(" ")));
        both.addAll(terms(words));
        return Set.copyOf(both);
    }

    private static List<Token> tokens(IdleAnalyzers analyzers, String text) {
        List<Token> found = new ArrayList<>();
        Analyzer analyzer = analyzers.take();
        try (TokenStream tokens = analyzer.tokenStream("", text)) {
            CharTermAttribute term = tokens.addAttribute(CharTermAttribute.class);
            OffsetAttribute offset = tokens.addAttribute(OffsetAttribute.class);
            tokens.reset();
            while (tokens.incrementToken()) {
                found.add(new Token(term.toString(), offset.startOffset(), offset.endOffset()));
            }
            tokens.end();
        } catch (IOException e) {
            throw new UncheckedIOException("a text in memory can be read", e);
        }
        analyzers.giveBack(analyzer);
        return found;
    }
}
