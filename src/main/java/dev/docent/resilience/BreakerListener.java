package dev.docent.resilience;

/** Is told how calls to a dependency go. Must be fast and thread-safe. */
public interface BreakerListener {
    /** A call succeeded. */
    void succeeded();

    /** So many calls failed that the breaker opened: none passes for a while. */
    void opened();
}
