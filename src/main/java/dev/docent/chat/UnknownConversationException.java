package dev.docent.chat;

/** The conversation that a reader wants to continue is not stored. */
public final class UnknownConversationException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnknownConversationException() {
        super("the conversation is not stored", null, false, false);
    }
}
