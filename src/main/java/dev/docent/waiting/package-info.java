/**
 * Waiting with limits: for work on another thread, for a pause, and with an interrupt.
 *
 * <p>Tested by: TimeLimitTest, RetriesTest, SteadyTimeTest.
 */
@NullMarked
package dev.docent.waiting;

import org.jspecify.annotations.NullMarked;
