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
    private final boolean known;

    public DependencyException(Failure failure) {
        this(failure, null);
    }

    public DependencyException(Failure failure, @Nullable Throwable cause) {
        this(failure, cause, false);
    }

    private DependencyException(Failure failure, @Nullable Throwable cause, boolean known) {
        super(failure.owner(), cause);
        this.failure = failure;
        this.known = known;
    }

    /** A failure that was told before, since which the dependency is not called. */
    public static DependencyException known(Failure failure) {
        return new DependencyException(failure, null, true);
    }

    /** Whether it was told before, and so needs no line in the log. */
    public boolean known() {
        return known;
    }

    /** What happened, as data. */
    public Failure failure() {
        return failure;
    }
}
