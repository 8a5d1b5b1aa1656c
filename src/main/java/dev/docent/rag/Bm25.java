package dev.docent.rag;

/**
 * BM25F as every index computes it, so that scores of all indexes have the same meaning: the sum
 * over the question's terms of their inverse document frequency times {@code f / (f + K1 * (1 - B +
 * B * length / average))}. {@code f} is how often the passage holds the term and {@code length} how
 * many terms it has, each with its title, heading and parent headings counted by their weights. A
 * score thus stays below the sum of the inverse document frequencies. Like Lucene since version 8,
 * the formula has no factor {@code K1 + 1}.
 */
public final class Bm25 {
    /** Saturation of repetition, the usual value. */
    public static final float K1 = 1.2f;

    /** Lower than usual (0.75), because passages are split to a similar length anyway. */
    public static final float B = 0.4f;

    /** How much a word of the title counts, compared with one of the text. */
    public static final float TITLE = 2;

    /** The same for a passage's own heading. */
    public static final float HEADING = 3;

    /** The same for the headings above it. */
    public static final float PARENTS = 1;

    private Bm25() {}
}
