package dev.docent.resilience;

import dev.docent.chat.Conversations;
import dev.docent.chat.Exchange;
import dev.docent.chat.StoredMessage;
import dev.docent.failure.DependencyException;
import dev.docent.failure.Diagnosis;
import dev.docent.failure.Failure;
import dev.docent.failure.Failure.Nature;
import dev.docent.failure.FailureCode;
import dev.docent.rag.Turn;
import dev.docent.waiting.TimeLimit;
import dev.docent.waiting.TimeLimit.Leftover;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * Conversations behind a breaker. Reading the history has a shorter time limit, because a reader
 * waits for it before anything shows.
 */
public final class GuardedConversations implements Conversations {
    private final Conversations conversations;
    private final Breaker breaker;
    private final Supplier<Optional<Failure>> health;
    private final TimeLimit history;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    /**
     * Puts {@code conversations} behind a breaker.
     *
     * @param health why they do not work, by the last probe
     */
    public GuardedConversations(
            Conversations conversations,
            Breaker breaker,
            Supplier<Optional<Failure>> health,
            Duration historyLimit) {
        this.conversations = conversations;
        this.health = health;
        this.breaker = breaker;
        this.history = new TimeLimit(historyLimit, Leftover.INTERRUPT);
    }

    @Override
    public Optional<List<Turn>> recent(UUID conversationId, int pairs) {
        return breaker.call(() -> soon(() -> conversations.recent(conversationId, pairs)));
    }

    @Override
    public Optional<List<StoredMessage>> messages(UUID conversationId) {
        return breaker.call(() -> conversations.messages(conversationId));
    }

    @Override
    public void store(Exchange exchange) {
        breaker.call(() -> {
            conversations.store(exchange);
            return true;
        });
    }

    @Override
    public boolean delete(UUID conversationId) {
        return breaker.call(() -> conversations.delete(conversationId));
    }

    @Override
    public int forget(Instant before, int most) {
        return breaker.call(() -> conversations.forget(before, most));
    }

    @Override
    public void recordUnanswered(String question, Instant askedAt) {
        breaker.call(() -> {
            conversations.recordUnanswered(question, askedAt);
            return true;
        });
    }

    @Override
    public List<Unanswered> unanswered(int limit) {
        return breaker.call(() -> conversations.unanswered(limit));
    }

    @Override
    public boolean rate(Feedback feedback) {
        return breaker.call(() -> conversations.rate(feedback));
    }

    @Override
    public List<Rated> feedback(int limit) {
        return breaker.call(() -> conversations.feedback(limit));
    }

    @Override
    public Optional<Failure> down() {
        return breaker.openFailure().or(health);
    }

    @Override
    public void check() {
        conversations.check();
    }

    /** Closes the guarded conversations, too. */
    @Override
    public void close() {
        threads.shutdownNow();
        conversations.close();
    }

    private <T> T soon(Supplier<T> work) {
        try {
            return history.await(threads.submit(work::get));
        } catch (TimeoutException e) {
            throw new DependencyException(slow(), e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof DependencyException failed) {
                throw new DependencyException(failed.failure(), failed);
            }
            throw new IllegalStateException(e.getCause());
        }
    }

    private Failure slow() {
        return new Failure(
                Diagnosis.DATABASE_LATE,
                FailureCode.TIMEOUT,
                Nature.UNAVAILABLE,
                "Conversations cannot be stored or read at the moment; please try again in a"
                        + " minute.",
                "The history of a conversation was not there within %d ms."
                        .formatted(history.limit().toMillis()),
                "Look at the database's load and at its locks; it may also have been asleep.");
    }
}
