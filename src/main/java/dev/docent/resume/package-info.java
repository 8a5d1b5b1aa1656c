/**
 * Answers that go on when their reader's connection breaks, and can be read on from any event.
 *
 * <p>Tested by: RunningAnswersTest, ResumeTest.
 */
@NullMarked
package dev.docent.resume;

import org.jspecify.annotations.NullMarked;
