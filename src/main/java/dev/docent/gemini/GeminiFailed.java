package dev.docent.gemini;

import dev.docent.failure.Failure;
import dev.docent.failure.FailureCode;
import dev.langchain4j.exception.NonRetriableException;
import org.jspecify.annotations.Nullable;

/**
 * Carries a failure through langchain4j, which would repeat a call after other exceptions. Not used
 * outside of this package.
 */
final class GeminiFailed extends NonRetriableException {
    private static final long serialVersionUID = 1L;

    private final transient Failure failure;
    private final boolean repeatable;

    private GeminiFailed(Failure failure, boolean repeatable, @Nullable Throwable cause) {
        super(failure.owner(), cause);
        this.failure = failure;
        this.repeatable = repeatable;
    }

    GeminiFailed(Failure failure, Throwable cause) {
        this(failure, false, cause);
    }

    GeminiFailed(Failure failure) {
        this(failure, false, null);
    }

    /**
     * @param repeatable whether a second call usually works, although this is no outage
     */
    GeminiFailed(Failure failure, boolean repeatable) {
        this(failure, repeatable, null);
    }

    Failure failure() {
        return failure;
    }

    /** Whether the same call is worth another try. */
    boolean worthRepeating() {
        return repeatable || (failure.retryable() && failure.code() != FailureCode.TIMEOUT);
    }
}
