package dev.docent.chat;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * A question and its answer, stored together or not at all. Because of the ids, storing it twice
 * has the same effect as storing it once.
 *
 * @param conversationId the conversation it belongs to, created with it where it does not exist
 * @param questionId id of the reader's message
 * @param answerId id of the answer's message
 * @param question as the reader sent it, trimmed
 * @param askedAt when the question came
 * @param answer what the reader was sent
 * @param sources what the answer cites
 * @param answeredAt when the answer ended, not before {@code askedAt}
 * @param incomplete whether the answer broke off before its end
 * @param failed whether the answer holds the words of a failure, which no later question builds on
 */
public record Exchange(
        UUID conversationId,
        UUID questionId,
        UUID answerId,
        String question,
        Instant askedAt,
        String answer,
        List<Source> sources,
        Instant answeredAt,
        boolean incomplete,
        boolean failed) {

    public Exchange {
        sources = List.copyOf(sources);
    }

    /** An exchange that did not fail. */
    public Exchange(
            UUID conversationId,
            UUID questionId,
            UUID answerId,
            String question,
            Instant askedAt,
            String answer,
            List<Source> sources,
            Instant answeredAt,
            boolean incomplete) {
        this(
                conversationId,
                questionId,
                answerId,
                question,
                askedAt,
                answer,
                sources,
                answeredAt,
                incomplete,
                false);
    }
}
