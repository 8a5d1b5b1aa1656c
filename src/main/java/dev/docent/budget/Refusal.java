package dev.docent.budget;

import java.time.Duration;

/**
 * Why something is not done now.
 *
 * @param reader one sentence for the reader
 * @param retryAfter when it may be done
 */
record Refusal(String reader, Duration retryAfter) {}
