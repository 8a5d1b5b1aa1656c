package dev.docent.chat;

import dev.docent.failure.DependencyException;
import dev.docent.failure.Failure;
import dev.docent.rag.LanguageModel;
import dev.docent.rag.ModelRequest;
import dev.docent.rag.Passage;
import dev.docent.retrieval.Retrieval;
import dev.docent.text.CodePoints;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** One answer while it is given. Used once, by one thread. */
final class Answer {
    private static final Logger LOG = LoggerFactory.getLogger("chat");

    private final ChatParts parts;
    private final Searches searches;
    private final ChatSettings settings;
    private final OpenedQuestion opened;
    private final Question question;
    private final AnswerSink events;
    private final Cancellation cancellation;

    private final StringBuilder sent = new StringBuilder();
    private CitedSources sources = new CitedSources(List.of());
    private boolean incomplete;
    private boolean failed;
    private LanguageModel.Usage usage = new LanguageModel.Usage(0, 0);
    private boolean unanswered;
    private boolean askedBack;
    private boolean truncated;
    private String outcome = "answered";
    private String followUp = "";

    Answer(
            ChatParts parts,
            Searches searches,
            ChatSettings settings,
            OpenedQuestion opened,
            AnswerSink events,
            Cancellation cancellation) {
        this.parts = parts;
        this.searches = searches;
        this.settings = settings;
        this.opened = opened;
        this.question = opened.question();
        this.events = events;
        this.cancellation = cancellation;
    }

    /** Gives the answer, also if something fails, and returns what is to be stored. */
    Exchange give(InstantSource clock) {
        Instant askedAt = clock.instant();
        try {
            if (question.selection() != null) {
                generate(request(question.message(), List.of()));
            } else {
                answerFromPassages();
            }
        } catch (TooLongException e) {
            cut();
        } catch (CancellationException e) {
            cancelled();
        } catch (DependencyException e) {
            fail(e);
        } catch (RuntimeException e) {
            LOG.error("answering broke", e);
            fail(Refusals.unforeseen());
        }
        return new Exchange(
                opened.conversationId(),
                UUID.randomUUID(),
                UUID.randomUUID(),
                question.message(),
                askedAt,
                sent.toString(),
                sources.of(sent.toString(), question.message()),
                clock.instant(),
                incomplete,
                failed);
    }

    /** How the answer ended, in a word for the log. */
    String outcome() {
        return outcome;
    }

    /** Whether a follow-up was completed from the history, and how long it took; or empty. */
    String followUp() {
        return followUp;
    }

    /** Whether the question was too vague, and the reader was asked what is meant. */
    boolean askedBack() {
        return askedBack;
    }

    /** Whether the answer was cut because it is as long as one may be. */
    boolean truncated() {
        return truncated;
    }

    /** The tokens that the model read and wrote, 0 where it counts none. */
    LanguageModel.Usage usage() {
        return usage;
    }

    /** Whether the documentation does not answer the question. */
    boolean unanswered() {
        return unanswered;
    }

    private void answerFromPassages() {
        String standalone = question.message();
        if (!opened.history().isEmpty()) {
            long began = System.nanoTime();
            standalone =
                    cancellation.during(
                            () -> parts.model().standalone(opened.history(), question.message()));
            followUp =
                    ", follow-up %s in %d ms"
                            .formatted(
                                    standalone.equals(question.message()) ? "kept" : "completed",
                                    (System.nanoTime() - began) / 1_000_000);
        }
        String asked = standalone;
        Retrieval retrieval =
                searches.forAnswer(
                        opened.reader(), () -> parts.retriever().retrieve(asked, question.page()));
        List<Passage> nearest = retrieval.nearestPages(Refusals.MOST_PAGES);
        switch (retrieval.verdict()) {
            case VAGUE -> {
                outcome = "asked back";
                askedBack = true;
                say(Refusals.question(nearest));
            }
            case UNANSWERED -> {
                outcome = "refused for want of evidence";
                unanswered = true;
                say(Refusals.sentence(nearest));
            }
            case ANSWERABLE -> answerFrom(retrieval, standalone, nearest);
        }
    }

    private void answerFrom(Retrieval retrieval, String standalone, List<Passage> nearest) {
        List<Passage> passages = retrieval.passages();
        sources = new CitedSources(retrieval.hits());
        ModelRequest request =
                request(standalone, passages).lacking(List.copyOf(retrieval.missing()));
        try {
            generate(request);
            if (sources.cited().isEmpty() && Declined.is(sent.toString())) {
                outcome = "declined by the model";
                unanswered = true;
                sources = new CitedSources(List.of());
                String pages = Refusals.nearest(nearest);
                if (!pages.isEmpty()) {
                    say(pages);
                }
            }
        } catch (DependencyException e) {
            fail(e);
            quote(request);
        }
    }

    private ModelRequest request(String standalone, List<Passage> passages) {
        return new ModelRequest(
                question.message(), standalone, opened.history(), passages, question.selection());
    }

    private void generate(ModelRequest request) {
        stream(parts.model(), request);
        if (sent.isEmpty()) {
            throw new DependencyException(Refusals.emptyAnswer(parts.model().name()));
        }
    }

    /** Answers without the model, by quoting the passages. */
    private void quote(ModelRequest request) {
        if (cancellation.reason().isPresent()) {
            return;
        }
        say("\n\n");
        stream(parts.quoting(), request);
    }

    private void cut() {
        truncated = true;
        incomplete = true;
        outcome = "cut at its longest";
    }

    private void stream(LanguageModel model, ModelRequest request) {
        try {
            cancellation.during(() -> {
                model.answer(request, new Pieces());
                return true;
            });
            if (usage.cut()) {
                cut();
            }
        } finally {
            sayRest();
        }
    }

    private void sayRest() {
        String rest = sources.finish();
        if (!rest.isEmpty() && sent.length() < settings.maxAnswer()) {
            say(rest);
        }
    }

    private void say(String text) {
        int room = settings.maxAnswer() - sent.length();
        if (text.length() <= room) {
            sent.append(text);
            events.accept(new AnswerEvent.Token(text));
            return;
        }
        int end = CodePoints.end(text, room);
        if (end > 0) {
            sent.append(text, 0, end);
            events.accept(new AnswerEvent.Token(text.substring(0, end)));
        }
        throw new TooLongException();
    }

    private void cancelled() {
        incomplete = true;
        switch (cancellation.reason().orElse(Cancellation.Reason.READER_LEFT)) {
            case READER_LEFT -> outcome = "broken off by the reader";
            case STOPPED -> outcome = "stopped by the reader";
            case DEADLINE -> fail(Refusals.deadline());
            case SHUTDOWN -> fail(Refusals.shuttingDown());
        }
    }

    private void fail(DependencyException thrown) {
        Failure failure = thrown.failure();
        LOG.atLevel(thrown.known() ? Level.DEBUG : Level.WARN).log("{}", failure.fully());
        show(failure);
    }

    private void fail(Failure failure) {
        LOG.warn("{}", failure.fully());
        show(failure);
    }

    private void show(Failure failure) {
        outcome = "failed with " + failure.code().wire();
        failed = true;
        incomplete = incomplete || !sent.isEmpty();
        String message = failure.reader();
        events.accept(
                new AnswerEvent.Failed(failure.code(), message, failure.retryAfter().orElse(null)));
        String token = sent.isEmpty() ? message : "\n\n" + message;
        sent.append(token);
        events.accept(new AnswerEvent.Token(token));
    }

    /** Passes pieces from the model to the reader. Writing must not be interrupted. */
    private final class Pieces implements LanguageModel.Output {
        @Override
        public void accept(String piece) {
            String visible = sources.accept(piece);
            if (!visible.isEmpty()) {
                cancellation.shielded(() -> say(visible));
            }
        }

        @Override
        public void flush() {
            cancellation.shielded(events::flush);
        }

        @Override
        public void used(LanguageModel.Usage more) {
            usage =
                    new LanguageModel.Usage(
                            usage.input() + more.input(),
                            usage.output() + more.output(),
                            usage.cut() || more.cut());
        }
    }

    /** Ends a model that does not end by itself. */
    private static final class TooLongException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        TooLongException() {
            super("the answer is too long", null, false, false);
        }
    }
}
