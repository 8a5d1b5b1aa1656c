package dev.docent.failure;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A failure of a dependency as data. None of its texts holds a secret, a part of one, or an SQL
 * text; {@code reader} names no host either.
 *
 * @param diagnosis of which kind it is, for the owner
 * @param code for the reader's client
 * @param nature what would help; decides about retries, the breaker and the start
 * @param reader one sentence for the reader, which ends with a full stop
 * @param owner one sentence for the owner: what happened
 * @param action one sentence for the owner: what to do about it
 * @param retryAfterOrNull how long the dependency asks callers to wait, null if it did not say
 */
public record Failure(
        Diagnosis diagnosis,
        FailureCode code,
        Nature nature,
        String reader,
        String owner,
        String action,
        @Nullable Duration retryAfterOrNull) {

    /** What would help. */
    public enum Nature {
        /** A key or password was rejected. Only the owner can help, so the start fails. */
        CREDENTIAL_REJECTED,
        /**
         * A setting does not fit what is there, for example a missing collection or a retired
         * model.
         */
        MISCONFIGURED,
        /** A quota that returns much later than a reader waits; never retried. */
        EXHAUSTED,
        /** Unreachable, overloaded or slow: may work at the next try. */
        UNAVAILABLE,
        /** This one request was rejected or got a useless answer; others may work. */
        REQUEST_REJECTED
    }

    /** A failure whose dependency did not say how long to wait. */
    public Failure(
            Diagnosis diagnosis,
            FailureCode code,
            Nature nature,
            String reader,
            String owner,
            String action) {
        this(diagnosis, code, nature, reader, owner, action, null);
    }

    /** What happened, with its code: a sentence for the log. */
    public String briefly() {
        return owner + " (" + diagnosis.code() + ")";
    }

    /** What happened and what to do about it, with its code: for the log. */
    public String fully() {
        return owner + " " + action + " (" + diagnosis.code() + ")";
    }

    /** Whether the same request may succeed if it is sent again. */
    public boolean retryable() {
        return nature == Nature.UNAVAILABLE;
    }

    /** How long the dependency asks callers to wait; empty if it did not say. */
    public Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfterOrNull);
    }
}
