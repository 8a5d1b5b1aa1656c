package dev.docent.eval;

import dev.docent.rag.Passage;
import dev.docent.rag.Turn;
import java.util.List;

/**
 * A test question with the places that answer it.
 *
 * @param id names it in the list of misses
 * @param text what the reader asks
 * @param history earlier turns, oldest first
 * @param kind what sort of question it is, for example {@code typo}
 * @param expected the right places; empty where the right answer is a refusal
 * @param all whether every expected place has to be found, not just one
 */
record EvalQuestion(
        String id,
        String text,
        List<Turn> history,
        String kind,
        List<Place> expected,
        boolean all) {

    EvalQuestion {
        history = List.copyOf(history);
        expected = List.copyOf(expected);
    }

    boolean inScope() {
        return !expected.isEmpty();
    }

    /**
     * A section of a page.
     *
     * @param file as ingested
     * @param anchor the heading's id, empty for the text before the first heading
     * @param level the heading's level; 1 or less means the page itself
     */
    record Place(String file, String anchor, int level) {

        /**
         * Whether a passage belongs to this place. The page itself means its text before the first
         * heading, which may have the anchor of the page's title or none.
         */
        boolean holds(Passage passage) {
            return passage.file().equals(file)
                    && (passage.anchor().equals(anchor)
                            || (level <= 1 && passage.headingPath().isEmpty()));
        }

        @Override
        public String toString() {
            return anchor.isEmpty() ? file : file + "#" + anchor;
        }
    }
}
