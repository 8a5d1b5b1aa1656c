package dev.docent.chat;

import dev.docent.failure.Failure;
import dev.docent.rag.Turn;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Port: keeps conversations. Thread-safe. Every call has a deadline of the implementation's own and
 * throws {@link dev.docent.failure.DependencyException} when it fails.
 */
public interface Conversations extends AutoCloseable {

    /**
     * The last question/answer pairs of a conversation, oldest first; empty where the conversation
     * is not stored.
     *
     * @param conversationId which
     * @param pairs how many at the most, at least 1
     */
    Optional<List<Turn>> recent(UUID conversationId, int pairs);

    /** All messages of a conversation in the order written; empty where it is not stored. */
    Optional<List<StoredMessage>> messages(UUID conversationId);

    /** Stores an exchange in one transaction; storing the same one again changes nothing. */
    void store(Exchange exchange);

    /**
     * Deletes a conversation with its messages and what readers think of them.
     *
     * @return false where it is not stored
     */
    boolean delete(UUID conversationId);

    /**
     * Deletes some of the conversations in which nothing was said since a time, and of the
     * unanswered questions that nobody asked since.
     *
     * @param most how many of each at the most
     * @return how many were deleted
     */
    int forget(Instant before, int most);

    /** Records a question that the documentation did not answer, for the owner. */
    void recordUnanswered(String question, Instant askedAt);

    /**
     * The questions that were not answered, the most frequent first; differently written forms of a
     * question count together.
     */
    List<Unanswered> unanswered(int limit);

    /**
     * Keeps what a reader thinks of an answer, in place of what was thought of it before. It goes
     * with the answer when that is deleted.
     *
     * @return false where no such answer is stored
     */
    boolean rate(Feedback feedback);

    /** What readers think of answers, the latest first. */
    List<Rated> feedback(int limit);

    /** Why nothing can be stored right now, as far as is known without asking. */
    default Optional<Failure> down() {
        return Optional.empty();
    }

    /**
     * Checks whether an exchange could be stored.
     *
     * @throws dev.docent.failure.DependencyException when it would not
     */
    void check();

    @Override
    void close();

    /**
     * What a reader thinks of an answer.
     *
     * @param answerId the message that holds the answer
     * @param comment in the reader's words, empty for none
     */
    record Feedback(UUID answerId, boolean helpful, String comment, Instant givenAt) {}

    /**
     * What a reader thinks of the answer to a question.
     *
     * @param question that was answered, empty where it is not stored any more
     * @param comment in the reader's words, empty for none
     */
    record Rated(String question, boolean helpful, String comment, Instant givenAt) {}

    /**
     * A question that the documentation does not answer.
     *
     * @param question in the words of the last reader who asked it
     * @param times how often it was asked
     * @param lastAsked when it was asked last
     */
    record Unanswered(String question, long times, Instant lastAsked) {}
}
