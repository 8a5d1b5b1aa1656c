package dev.docent.rag;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a language model is asked.
 *
 * @param question the reader's own words
 * @param standalone the question in words that need no history; the same as {@code question}
 *     without one
 * @param history earlier turns, oldest first; empty in selection mode
 * @param passages what the answer may rest on, cited as {@code [Source 1]} and up in this order;
 *     empty in selection mode
 * @param selection the text that the reader highlighted, null in general mode
 * @param lacking names in the question that stand nowhere on the site
 */
public record ModelRequest(
        String question,
        String standalone,
        List<Turn> history,
        List<Passage> passages,
        @Nullable String selection,
        List<String> lacking) {

    public ModelRequest {
        history = List.copyOf(history);
        passages = List.copyOf(passages);
        lacking = List.copyOf(lacking);
    }

    /** A request all of whose names are on the site. */
    public ModelRequest(
            String question,
            String standalone,
            List<Turn> history,
            List<Passage> passages,
            @Nullable String selection) {
        this(question, standalone, history, passages, selection, List.of());
    }

    /** The same with names that stand nowhere on the site. */
    public ModelRequest lacking(List<String> names) {
        return new ModelRequest(question, standalone, history, passages, selection, names);
    }
}
