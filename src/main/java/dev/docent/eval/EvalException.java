package dev.docent.eval;

import org.jspecify.annotations.Nullable;

/** A file of questions that cannot be used; the message names the file and the line. */
public final class EvalException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    EvalException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
