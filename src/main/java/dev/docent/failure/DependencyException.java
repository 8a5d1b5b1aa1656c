package dev.docent.failure;

import org.jspecify.annotations.Nullable;

/**
 * The one exception that a port throws when its dependency fails. The message is the owner's
 * sentence. The cause, if any, is only for the log at DEBUG, because messages of libraries repeat
 * hosts and keys.
 */
public final class DependencyException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Failure failure;

    public DependencyException(Failure failure) {
        this(failure, null);
    }

    public DependencyException(Failure failure, @Nullable Throwable cause) {
        super(failure.owner(), cause);
        this.failure = failure;
    }

    /** What happened, as data. */
    public Failure failure() {
        return failure;
    }
}
