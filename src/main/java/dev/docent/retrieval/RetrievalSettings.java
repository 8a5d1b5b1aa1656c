package dev.docent.retrieval;

/**
 * The settings of retrieval.
 *
 * @param passages how many passages an answer gets
 * @param widened how many of the first ones are widened by neighbours from their section, which
 *     takes one more call to the index
 * @param widenedTokens length up to which a passage is widened, in tokens as its ingestion counted
 * @param cachedQuestions how many questions' vectors are kept
 * @param cosine the cosine from which a passage counts as evidence where the embedding model is not
 *     one that {@link Evidence} was calibrated for
 */
public record RetrievalSettings(
        int passages, int widened, int widenedTokens, int cachedQuestions, double cosine) {

    public RetrievalSettings {
        if (passages < 1 || widened < 0 || widenedTokens < 0 || cachedQuestions < 0) {
            throw new IllegalArgumentException("numbers of passages and sizes cannot be negative");
        }
        if (!(cosine >= -1 && cosine <= 1)) {
            throw new IllegalArgumentException("a cosine lies between -1 and 1");
        }
    }

    /** Six passages, the first three widened to 900 tokens; 1000 questions; cosine 0.55. */
    public static RetrievalSettings defaults() {
        return new RetrievalSettings(6, 3, 900, 1000, 0.55);
    }
}
