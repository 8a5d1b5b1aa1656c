package dev.docent.failure;

import java.util.Locale;

/**
 * The codes that a reader's client meets in an {@code error} event; clients depend on their
 * spelling.
 */
public enum FailureCode {
    QUOTA_EXCEEDED,
    OVERLOADED,
    TIMEOUT,
    BLOCKED,
    MODEL_FAILED,
    RETRIEVAL_FAILED,
    SHUTTING_DOWN,
    INTERNAL;

    /** The code as it stands on the wire, for example {@code quota_exceeded}. */
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }
}
