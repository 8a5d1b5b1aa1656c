/**
 * What one reader, and all of them together, may ask of the service in a minute and in a day.
 *
 * <p>Tested by: BudgetsTest, ReaderKeysTest, BudgetWireTest.
 */
@NullMarked
package dev.docent.budget;

import org.jspecify.annotations.NullMarked;
