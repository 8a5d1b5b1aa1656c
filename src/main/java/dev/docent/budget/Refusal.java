package dev.docent.budget;

import java.time.Duration;

/**
 * Why something is not done now.
 *
 * @param budget which one is used up, by the name of its setting
 * @param reader one sentence for the reader
 * @param retryAfter when it may be done
 */
record Refusal(String budget, String reader, Duration retryAfter) {}
