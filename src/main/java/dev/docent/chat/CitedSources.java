package dev.docent.chat;

import dev.docent.quoting.Quotable;
import dev.docent.rag.Passage;
import dev.docent.rag.SourceMark;
import dev.docent.retrieval.Retrieval;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The passages of one answer, and which of them it cites. If a second text follows the first, its
 * citations continue the numbering. Not thread-safe.
 */
final class CitedSources {
    private final List<Retrieval.Scored> hits;
    private final Citations citations;

    CitedSources(List<Retrieval.Scored> hits) {
        this.hits = List.copyOf(hits);
        this.citations = new Citations(hits.size());
    }

    /** What the reader gets for the next piece of the text, empty if it is held back. */
    String accept(String piece) {
        return citations.accept(piece);
    }

    /** What was held back at the end of a text. */
    String finish() {
        return citations.finish();
    }

    /** The passages that the text cites so far, by their place from 0. */
    List<Integer> cited() {
        return citations.cited();
    }

    /**
     * The sources that the answer cites, in the order of their numbers; if it cites none, those
     * that it demonstrably rests on.
     */
    List<Source> of(String answer, String question) {
        List<Integer> places = citations.cited();
        if (places.isEmpty()) {
            places = Grounds.of(answer, passages());
        }
        List<Source> sources = new ArrayList<>();
        for (int place : places) {
            int number = sources.size() + 1;
            Retrieval.Scored hit = hits.get(place);
            Quotable passage = Quotable.of(hit.passage());
            String support = support(passage, answer, number, question);
            sources.add(source(hit, number, passage.best(support)));
        }
        return sources;
    }

    /**
     * The text that a source's quote should support: the question if the answer quotes the passage,
     * otherwise the answer's text between the previous citation and this one.
     */
    private static String support(Quotable passage, String answer, int number, String question) {
        if (passage.quotedIn(answer, question)) {
            return question;
        }
        int end = Math.max(0, answer.indexOf(SourceMark.of(number)));
        return answer.substring(answer.lastIndexOf(']', end) + 1, end);
    }

    /**
     * A passage as a reader sees it.
     *
     * @param number its number, from 1
     * @param quote the sentence to show of it
     */
    static Source source(Retrieval.Scored hit, int number, Optional<String> quote) {
        Passage passage = hit.passage();
        return new Source(
                passage.file(),
                passage.heading(),
                similarity(hit.cosine()),
                number,
                passage.title(),
                passage.url(),
                quote.orElse(null));
    }

    private List<Passage> passages() {
        return hits.stream().map(Retrieval.Scored::passage).toList();
    }

    private static double similarity(double cosine) {
        return Math.round(Math.clamp(cosine, 0.0, 1.0) * 10_000) / 10_000.0;
    }
}
