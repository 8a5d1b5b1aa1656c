package dev.docent.chat;

import dev.docent.rag.Turn;
import java.util.List;
import java.util.UUID;

/**
 * A question whose conversation was looked up.
 *
 * @param question what is asked
 * @param reader who asks, by a name that says nothing; empty where that is not known
 * @param conversationId the conversation, given or new
 * @param history earlier turns, oldest first; empty in selection mode
 * @param stored whether the conversation could be looked up, or a new one can be stored as far as
 *     is known
 */
public record OpenedQuestion(
        Question question, String reader, UUID conversationId, List<Turn> history, boolean stored) {
    public OpenedQuestion {
        history = List.copyOf(history);
    }
}
