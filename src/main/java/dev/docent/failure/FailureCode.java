package dev.docent.failure;

import java.util.Locale;

/** The codes of {@code error} events; clients depend on their spelling. */
public enum FailureCode {
    QUOTA_EXCEEDED,
    OVERLOADED,
    TIMEOUT,
    BLOCKED,
    MODEL_FAILED,
    RETRIEVAL_FAILED,
    SHUTTING_DOWN,
    INTERNAL;

    /** The code as clients see it, for example {@code quota_exceeded}. */
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }
}
