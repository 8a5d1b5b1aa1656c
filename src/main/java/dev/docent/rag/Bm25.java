package dev.docent.rag;

/**
 * BM25F as every index computes it, so that a score means the same wherever it comes from: for each
 * of the question's terms its inverse document frequency, times {@code f / (f + K1 * (1 - B + B *
 * length / average))}. {@code f} is how often the passage holds the term and {@code length} how
 * many terms it has, each with its title, heading and parent headings counted by their weights. A
 * score thus stays below the sum of the frequencies; Lucene has the formula without the factor
 * {@code K1 + 1} since version 8.
 */
public final class Bm25 {
    /** Saturation of repetition, the usual value. */
    public static final float K1 = 1.2f;

    /**
     * Sections are cut to a length already, so that a long one is held against itself less than is
     * usual (0.75).
     */
    public static final float B = 0.4f;

    /** How often a word of the title counts, against one of the text. */
    public static final float TITLE = 2;

    /** The same for a passage's own heading. */
    public static final float HEADING = 3;

    /** The same for the headings above it. */
    public static final float PARENTS = 1;

    private Bm25() {}
}
