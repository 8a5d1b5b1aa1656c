/**
 * The format of the log: one line per event, or one JSON object per line; never with a secret.
 *
 * <p>Tested by: JsonFormatTest, LogsTest, CanaryTest, LifecycleTest.
 */
@NullMarked
package dev.docent.logging;

import org.jspecify.annotations.NullMarked;
