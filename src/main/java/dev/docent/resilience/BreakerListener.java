package dev.docent.resilience;

/** Hears how calls to a dependency end. Must be fast and thread-safe. */
public interface BreakerListener {
    /** A call succeeded. */
    void succeeded();

    /** The breaker opened, because many calls failed. */
    void opened();
}
