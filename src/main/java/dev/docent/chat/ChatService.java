package dev.docent.chat;

import dev.docent.failure.DependencyException;
import dev.docent.failure.Failure;
import dev.docent.failure.FailureCode;
import dev.docent.rag.Hit;
import dev.docent.rag.LanguageModel;
import dev.docent.rag.Turn;
import dev.docent.retrieval.Retrieval;
import dev.docent.retrieval.Retriever;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers a question: loads the conversation, finds passages, lets the model answer from them, and
 * stores the exchange. Thread-safe; each call blocks its own thread.
 */
public final class ChatService implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger("chat");

    private final Parts parts;
    private final ChatSettings settings;
    private final InstantSource clock;
    private final Archive archive;

    /**
     * What answering needs.
     *
     * @param retriever finds passages
     * @param model answers from them
     * @param quoting answers if {@code model} fails; may be the same object
     * @param conversations stores what was said
     * @param indexFailure why passages cannot be found right now, as far as is known without asking
     */
    public record Parts(
            Retriever retriever,
            LanguageModel model,
            LanguageModel quoting,
            Conversations conversations,
            Supplier<Optional<Failure>> indexFailure) {}

    public ChatService(Parts parts, ChatSettings settings, InstantSource clock) {
        this.parts = parts;
        this.settings = settings;
        this.clock = clock;
        this.archive = new Archive(parts.conversations());
    }

    /** The longest time for an answer, after which whoever asked for it ends it. */
    public Duration answerTimeout() {
        return settings.answerTimeout();
    }

    /**
     * A question whose conversation was looked up.
     *
     * @param question what is asked
     * @param conversationId the conversation, given or new
     * @param history earlier turns, oldest first; empty in selection mode
     * @param stored whether the conversation could be looked up, or a new one can be stored as far
     *     as is known
     */
    public record Opened(
            Question question, UUID conversationId, List<Turn> history, boolean stored) {
        public Opened {
            history = List.copyOf(history);
        }
    }

    /**
     * Looks the conversation up. All reasons to refuse a question are found here.
     *
     * @throws UnknownConversationException when the conversation to continue is not stored
     * @throws DependencyException when passages cannot be found right now and are needed
     */
    public Opened open(Question question) {
        if (question.selection() == null) {
            Optional<Failure> down = parts.indexFailure().get();
            if (down.isPresent()) {
                throw new DependencyException(down.get());
            }
        }
        UUID given = question.conversationId();
        if (given == null) {
            boolean storable = parts.conversations().down().isEmpty();
            return new Opened(question, UUID.randomUUID(), List.of(), storable);
        }
        try {
            List<Turn> history =
                    parts.conversations()
                            .recent(given, settings.historyPairs())
                            .orElseThrow(UnknownConversationException::new);
            boolean alone = question.selection() != null;
            return new Opened(question, given, alone ? List.of() : history, true);
        } catch (DependencyException e) {
            LOG.warn("answering without history: {}", e.failure().owner());
            return new Opened(question, given, List.of(), false);
        }
    }

    /**
     * Answers. Sends events on this thread, the last one always {@link AnswerEvent.Done}; failures
     * become events, too.
     *
     * @param opened the question
     * @param events receives the events; must not throw; flushed after the last one
     * @param cancellation ends the answer from another thread
     */
    public void answer(Opened opened, AnswerSink events, Cancellation cancellation) {
        events.accept(
                new AnswerEvent.Metadata(
                        opened.conversationId(),
                        opened.stored(),
                        opened.question().selectionTruncated()));
        events.flush();
        Answer answer = new Answer(parts, settings, opened, events, cancellation);
        long began = System.nanoTime();
        Exchange exchange = answer.give(clock);
        events.flush();
        boolean stored = archive.store(exchange);
        if (answer.unanswered()) {
            archive.recordUnanswered(exchange.question(), exchange.askedAt());
        }
        events.accept(new AnswerEvent.Done(exchange.sources(), stored));
        events.flush();
        LOG.info(
                "{}: {} characters, {} sources, {} ms{}",
                answer.outcome(),
                exchange.answer().length(),
                exchange.sources().size(),
                (System.nanoTime() - began) / 1_000_000,
                stored ? "" : ", not stored");
    }

    /**
     * Finds passages without answering.
     *
     * @param query what is looked for
     * @param limit how many at the most
     * @throws DependencyException when passages cannot be found right now
     */
    public SearchResult search(String query, int limit) {
        Retrieval retrieval = parts.retriever().search(query, null, limit);
        List<Source> hits = new ArrayList<>();
        for (Hit hit : retrieval.hits()) {
            hits.add(CitedSources.source(hit, hits.size() + 1, query));
        }
        return new SearchResult(retrieval.evidence(), hits);
    }

    /** Waits for what is still being stored. */
    @Override
    public void close() {
        archive.close();
    }

    /** The failure that a reader sees after an unexpected exception. */
    static Failure unforeseen() {
        return new Failure(
                FailureCode.INTERNAL,
                Failure.Nature.REQUEST_REJECTED,
                "Something went wrong while answering; please ask again.",
                "Answering broke in an unforeseen way.",
                "See the log for the error, and report it.");
    }
}
