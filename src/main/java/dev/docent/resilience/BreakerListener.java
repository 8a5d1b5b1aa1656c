package dev.docent.resilience;

import dev.docent.failure.Failure;

/** Hears how calls to a dependency end. Must be fast and thread-safe. */
public interface BreakerListener {
    /** A call succeeded, and others pass as well. */
    void succeeded();

    /** A call failed; or several in a row were rejected, so that it is not up to a single one. */
    void failed(Failure failure);
}
