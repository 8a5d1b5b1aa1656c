/**
 * Answers without a language model, and the quotes that support an answer's sources.
 *
 * <p>Tested by: QuotesTest, QuotingModelTest.
 */
@NullMarked
package dev.docent.quoting;

import org.jspecify.annotations.NullMarked;
