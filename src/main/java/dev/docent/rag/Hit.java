package dev.docent.rag;

/**
 * A passage that an index found, without its text, and its scores in the two lists.
 *
 * @param passage what was found
 * @param cosine cosine between the question's and the passage's vector, −1 to 1; also for a passage
 *     that only the lexical list has; 0 if the search had no vector
 * @param denseRank place in the list by cosine, from 1; 0 where it is not in that list
 * @param bm25 the lexical score by {@link Bm25}, above 0 and at most the sum of {@link
 *     Candidates#idf}; 0 where it is not in that list
 */
public record Hit(Outline passage, double cosine, int denseRank, double bm25) {}
