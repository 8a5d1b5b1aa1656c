package dev.docent.resilience;

/** Is told how calls to a dependency go. Must be fast and thread-safe. */
public interface Traffic {
    /** A call succeeded. */
    void succeeded();

    /** So many calls failed that no more are made for a while. */
    void broke();
}
