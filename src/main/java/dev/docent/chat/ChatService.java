package dev.docent.chat;

import dev.docent.failure.DependencyException;
import dev.docent.failure.Failure;
import dev.docent.quoting.Quotable;
import dev.docent.rag.Turn;
import dev.docent.retrieval.Retrieval;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Answers a question: loads the conversation, finds passages, lets the model answer from them, and
 * stores the exchange. Thread-safe; each call blocks its own thread.
 */
public final class ChatService implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger("chat");

    private final ChatParts parts;
    private final ChatSettings settings;
    private final InstantSource clock;
    private final Archive archive;
    private final Searches searches;

    public ChatService(ChatParts parts, ChatSettings settings, InstantSource clock) {
        this.parts = parts;
        this.settings = settings;
        this.clock = clock;
        this.archive = new Archive(parts.conversations());
        this.searches = new Searches(parts.searchers());
    }

    /**
     * The tokens that an answer took; 0 where none were counted.
     *
     * @param read by the language model
     * @param written by it
     */
    public record Tokens(int read, int written) {}

    /** The longest time for an answer, after which whoever asked for it ends it. */
    public Duration answerTimeout() {
        return settings.answerTimeout();
    }

    /**
     * Looks the conversation up. All reasons to refuse a question are found here.
     *
     * @throws UnknownConversationException when the conversation to continue is not stored
     * @throws DependencyException when passages cannot be found right now and are needed
     */
    public OpenedQuestion open(Question question, String reader) {
        if (question.selection() == null) {
            Optional<Failure> down = parts.indexFailure().get();
            if (down.isPresent()) {
                throw DependencyException.known(down.get());
            }
        }
        UUID given = question.conversationId();
        if (given == null) {
            boolean storable = parts.conversations().down().isEmpty();
            return new OpenedQuestion(question, reader, UUID.randomUUID(), List.of(), storable);
        }
        try {
            List<Turn> history =
                    parts.conversations()
                            .recent(given, settings.historyPairs())
                            .orElseThrow(UnknownConversationException::new);
            boolean alone = question.selection() != null;
            return new OpenedQuestion(question, reader, given, alone ? List.of() : history, true);
        } catch (DependencyException e) {
            LOG.atLevel(e.known() ? Level.DEBUG : Level.WARN)
                    .log("answering without history: {}", e.failure().briefly());
            return new OpenedQuestion(question, reader, given, List.of(), false);
        }
    }

    /**
     * Answers. Sends events on this thread, the last one always {@link AnswerEvent.Done}; failures
     * become events, too.
     *
     * @param opened the question
     * @param events receives the events; must not throw; flushed after the last one
     * @param cancellation ends the answer from another thread
     * @return what the answer took
     */
    public Tokens answer(OpenedQuestion opened, AnswerSink events, Cancellation cancellation) {
        events.accept(
                new AnswerEvent.Metadata(
                        opened.conversationId(),
                        opened.stored(),
                        opened.question().selectionTruncated()));
        events.flush();
        Answer answer = new Answer(parts, searches, settings, opened, events, cancellation);
        long began = System.nanoTime();
        Exchange exchange = answer.give(clock);
        events.flush();
        boolean stored = archive.store(exchange);
        if (answer.unanswered()) {
            archive.recordUnanswered(exchange.question(), exchange.askedAt());
        }
        events.accept(
                new AnswerEvent.Done(
                        exchange.sources(), stored, answer.askedBack(), answer.truncated()));
        events.flush();
        LOG.info(
                "{}: {} characters, {} sources, {} ms{}{}",
                answer.outcome(),
                exchange.answer().length(),
                exchange.sources().size(),
                (System.nanoTime() - began) / 1_000_000,
                answer.followUp(),
                stored ? "" : ", not stored");
        return new Tokens(answer.usage().input(), answer.usage().output());
    }

    /**
     * Finds passages without answering.
     *
     * @param query what is looked for
     * @param reader who asks, by a name that says nothing; empty where that is not known
     * @param limit how many at the most
     * @throws DependencyException when passages cannot be found right now
     */
    public SearchResult search(String query, String reader, int limit) {
        return searches.plain(
                reader,
                () -> {
                    Retrieval retrieval = parts.retriever().search(query, null, limit);
                    List<Source> hits = new ArrayList<>();
                    for (Retrieval.Scored hit : retrieval.hits()) {
                        hits.add(
                                CitedSources.source(
                                        hit,
                                        hits.size() + 1,
                                        Quotable.of(hit.passage()).best(query)));
                    }
                    return new SearchResult(retrieval.evidence(), hits);
                });
    }

    /** Waits for what is still being stored. */
    @Override
    public void close() {
        searches.close();
        archive.close();
    }
}
