package dev.docent.gemini;

import dev.docent.failure.Failure;
import dev.langchain4j.exception.NonRetriableException;
import org.jspecify.annotations.Nullable;

/**
 * Carries a failure through langchain4j, which would repeat a call after other exceptions. Not used
 * outside of this package.
 */
final class GeminiFailed extends NonRetriableException {
    private static final long serialVersionUID = 1L;

    private final transient Failure failure;

    GeminiFailed(Failure failure, @Nullable Throwable cause) {
        super(failure.owner(), cause);
        this.failure = failure;
    }

    GeminiFailed(Failure failure) {
        this(failure, null);
    }

    Failure failure() {
        return failure;
    }
}
