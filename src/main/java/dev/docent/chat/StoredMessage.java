package dev.docent.chat;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A message of a conversation as it is stored.
 *
 * @param id unique
 * @param role who wrote it
 * @param content the text
 * @param sources what an answer cites; null for a question, and for a message that holds none
 * @param createdAt when, to the microsecond
 * @param incomplete whether the answer broke off before its end
 */
public record StoredMessage(
        UUID id,
        Role role,
        String content,
        @Nullable List<Source> sources,
        Instant createdAt,
        boolean incomplete) {

    public StoredMessage {
        sources = sources == null ? null : List.copyOf(sources);
    }

    /** Who wrote a message; the wire has the names in lower case. */
    public enum Role {
        USER,
        ASSISTANT
    }
}
