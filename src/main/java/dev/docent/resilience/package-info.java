/**
 * Circuit breakers: when a dependency fails, readers need not wait for its timeout.
 *
 * <p>Tested by: BreakerTest, ServiceDownTest, ServiceFaultsTest.
 */
@NullMarked
package dev.docent.resilience;

import org.jspecify.annotations.NullMarked;
