package dev.docent.budget;

import java.time.Duration;

/** A reader, or all readers together, have asked for more than they may. */
public final class OverBudgetException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Refusal refusal;

    OverBudgetException(Refusal refusal) {
        super(refusal.reader(), null, false, false);
        this.refusal = refusal;
    }

    /** One sentence for the reader. */
    public String reader() {
        return refusal.reader();
    }

    /** When it makes sense to ask again. */
    public Duration retryAfter() {
        return refusal.retryAfter();
    }
}
