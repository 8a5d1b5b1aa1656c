package dev.docent.quoting;

import dev.docent.quoting.Quotes.Quote;
import dev.docent.rag.FollowUp;
import dev.docent.rag.LanguageModel;
import dev.docent.rag.ModelRequest;
import dev.docent.rag.Passage;
import dev.docent.rag.SourceMark;
import dev.docent.rag.Turn;
import dev.docent.text.Excerpt;
import dev.docent.text.Excerpt.Kind;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Takes the place of a language model: it answers with sentences, list items, table rows and code
 * blocks from the passages, word for word and with their sources. Deterministic and thread-safe; it
 * never fails.
 */
public final class QuotingModel implements LanguageModel {
    /** The first line of an answer if nothing else says why it is made of quotes. */
    public static final String NOTICE =
            "No language model is attached, so this answer is made of quotes.";

    private static final Pattern PIECE = Pattern.compile("\\S+\\s*|\\s+");

    private final String lead;
    private final Quotes quotes;

    /**
     * @param lead the answer's first line, for example {@link #NOTICE}; empty for none
     * @param quotes picks what to quote
     */
    public QuotingModel(String lead, Quotes quotes) {
        this.lead = lead;
        this.quotes = quotes;
    }

    @Override
    public String name() {
        return "quoting";
    }

    @Override
    public boolean generative() {
        return false;
    }

    @Override
    public void answer(ModelRequest request, Output sink) {
        String answer = lead.isEmpty() ? body(request) : lead + "\n\n" + body(request);
        for (String piece : PIECE.matcher(answer).results().map(MatchResult::group).toList()) {
            if (Thread.currentThread().isInterrupted()) {
                throw new CancellationException("interrupted while answering");
            }
            sink.accept(piece);
        }
    }

    @Override
    public String standalone(List<Turn> history, String question) {
        return FollowUp.standalone(history, question);
    }

    @Override
    public void check() {
        // It has no dependency that could fail.
    }

    @Override
    public void close() {
        // There is nothing to close.
    }

    private String body(ModelRequest request) {
        String selection = request.selection();
        if (selection != null) {
            Passage passage =
                    new Passage(new UUID(0, 0), "", "", List.of(), "", null, 0, selection, 0);
            return answer(request.question(), List.of(passage), false);
        }
        return answer(request.standalone(), request.passages(), true) + lacking(request);
    }

    private static String lacking(ModelRequest request) {
        return request.lacking().isEmpty()
                ? ""
                : request.lacking().stream()
                        .map(name -> "`" + SourceMark.defuse(name).replace('`', '\'') + "`")
                        .collect(Collectors.joining(", ", "\n\nNo page has the name ", "."));
    }

    private String answer(String question, List<Passage> passages, boolean citing) {
        StringBuilder answer = new StringBuilder();
        int last = -1;
        for (Quote quote : quotes.answering(question, passages)) {
            if (!answer.isEmpty()) {
                answer.append("\n\n");
            }
            Passage passage = passages.get(quote.passage());
            if (citing && quote.passage() != last) {
                answer.append("**").append(SourceMark.defuse(passage.heading())).append("**\n\n");
            }
            last = quote.passage();
            String text = SourceMark.defuse(markdown(quote.excerpts()));
            answer.append(text);
            if (citing) {
                boolean inline =
                        switch (quote.excerpts().getLast().kind()) {
                            case SENTENCE, ITEM -> true;
                            case ROW, CODE -> false;
                        };
                answer.append(inline ? " " : "\n\n").append(SourceMark.of(quote.passage() + 1));
            }
        }
        return answer.isEmpty() ? "Nothing in the text answers this." : answer.toString();
    }

    private static String markdown(List<Excerpt> excerpts) {
        StringBuilder text = new StringBuilder();
        Excerpt before = null;
        for (Excerpt excerpt : excerpts) {
            boolean together = before != null && before.block() == excerpt.block();
            if (before != null) {
                text.append(!together ? "\n\n" : excerpt.kind() == Kind.SENTENCE ? " " : "\n");
            }
            if (excerpt.kind() == Kind.ROW && !together) {
                text.append(excerpt.header()).append('\n');
            }
            text.append(excerpt.markdown());
            before = excerpt;
        }
        return text.toString();
    }
}
