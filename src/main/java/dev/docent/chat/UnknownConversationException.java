package dev.docent.chat;

/** A reader wants to go on with a conversation that is not stored. */
public final class UnknownConversationException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnknownConversationException() {
        super("the conversation is not stored", null, false, false);
    }
}
