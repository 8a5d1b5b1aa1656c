package dev.docent.text;

import java.io.Reader;
import java.util.regex.Pattern;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.LowerCaseFilter;
import org.apache.lucene.analysis.StopFilter;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.Tokenizer;
import org.apache.lucene.analysis.cjk.CJKBigramFilter;
import org.apache.lucene.analysis.core.FlattenGraphFilter;
import org.apache.lucene.analysis.en.EnglishAnalyzer;
import org.apache.lucene.analysis.en.PorterStemFilter;
import org.apache.lucene.analysis.miscellaneous.ASCIIFoldingFilter;
import org.apache.lucene.analysis.miscellaneous.LengthFilter;
import org.apache.lucene.analysis.miscellaneous.WordDelimiterGraphFilter;
import org.apache.lucene.analysis.pattern.PatternReplaceCharFilter;
import org.apache.lucene.analysis.standard.StandardTokenizer;

/**
 * Words as developers write them, for passages and questions alike. A compound such as {@code
 * sidebarPath}, {@code sidebar_path}, {@code --sidebar-path} or {@code docs.sidebar} becomes its
 * parts and also stays whole; English words are stemmed; scripts without spaces become pairs of
 * characters (UAX #29 and Lucene's CJK filter), and other languages are only folded to plain
 * letters. Thread-safe.
 */
public final class DeveloperAnalyzer extends Analyzer {
    /** The tokenizer keeps a word with {@code _} whole, but breaks at a hyphen. */
    private static final Pattern INNER_HYPHEN =
            Pattern.compile("(?<=[\\p{L}\\p{N}])-(?=[\\p{L}\\p{N}])");

    private static final int LONGEST_TERM = 64;

    /** For an index, whose threads are few: each keeps what its texts go through. */
    public DeveloperAnalyzer() {}

    /**
     * The same analysis.
     *
     * @param reuse keeps what a text goes through for the next one
     */
    DeveloperAnalyzer(ReuseStrategy reuse) {
        super(reuse);
    }

    @Override
    protected Reader initReader(String field, Reader reader) {
        return new PatternReplaceCharFilter(INNER_HYPHEN, "_", reader);
    }

    @Override
    protected TokenStreamComponents createComponents(String field) {
        Tokenizer words = new StandardTokenizer();
        TokenStream terms =
                new WordDelimiterGraphFilter(
                        new CJKBigramFilter(words),
                        WordDelimiterGraphFilter.GENERATE_WORD_PARTS
                                | WordDelimiterGraphFilter.GENERATE_NUMBER_PARTS
                                | WordDelimiterGraphFilter.SPLIT_ON_CASE_CHANGE
                                | WordDelimiterGraphFilter.STEM_ENGLISH_POSSESSIVE
                                | WordDelimiterGraphFilter.CATENATE_ALL
                                | WordDelimiterGraphFilter.PRESERVE_ORIGINAL,
                        null);
        terms = new ASCIIFoldingFilter(new LowerCaseFilter(new FlattenGraphFilter(terms)));
        terms = new StopFilter(terms, EnglishAnalyzer.ENGLISH_STOP_WORDS_SET);
        terms = new LengthFilter(terms, 1, LONGEST_TERM);
        return new TokenStreamComponents(words, new PorterStemFilter(terms));
    }
}
