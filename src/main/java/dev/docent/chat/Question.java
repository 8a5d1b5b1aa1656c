package dev.docent.chat;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A reader's question, checked against the contract's rules.
 *
 * @param message the question, trimmed, 1 to 2000 characters
 * @param selection the text that the reader highlighted, null in general mode
 * @param selectionTruncated whether {@code selection} was cut
 * @param conversationId the conversation to go on with, null for a new one
 * @param page path of the page that the reader is on, null where it is not known
 */
public record Question(
        String message,
        @Nullable String selection,
        boolean selectionTruncated,
        @Nullable UUID conversationId,
        @Nullable String page) {}
