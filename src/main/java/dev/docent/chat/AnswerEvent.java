package dev.docent.chat;

import dev.docent.failure.FailureCode;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What happens while an answer is given. The order is one {@link Metadata}, then any number of
 * {@link Token} and at most one {@link Failed}, then one {@link Done}; there is at least one token.
 */
public sealed interface AnswerEvent {

    /**
     * The first event.
     *
     * @param conversationId the conversation, given or new
     * @param stored false when the conversation cannot be read or written now
     * @param contextTruncated whether the highlighted text was cut
     */
    record Metadata(UUID conversationId, boolean stored, boolean contextTruncated)
            implements AnswerEvent {}

    /**
     * A piece of the answer.
     *
     * @param content never empty, never ends in the middle of a character
     */
    record Token(String content) implements AnswerEvent {}

    /**
     * The answer cannot be given as it should; a token with the same sentence follows.
     *
     * @param code for the client
     * @param message one sentence for the reader
     * @param retryAfter when trying again makes sense, null where it is not known
     */
    record Failed(FailureCode code, String message, @Nullable Duration retryAfter)
            implements AnswerEvent {}

    /**
     * The last event.
     *
     * @param sources what the answer cites, in the order of their numbers
     * @param stored whether the exchange was stored before this event
     * @param askedBack whether the answer asks what the reader means
     * @param truncated whether the answer was cut because it is as long as one may be
     */
    record Done(List<Source> sources, boolean stored, boolean askedBack, boolean truncated)
            implements AnswerEvent {
        public Done {
            sources = List.copyOf(sources);
        }

        /** The end of a whole answer that asks nothing. */
        public Done(List<Source> sources, boolean stored) {
            this(sources, stored, false, false);
        }
    }
}
