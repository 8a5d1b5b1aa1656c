/** Circuit breakers: when a dependency fails, readers need not wait for its timeout. */
@NullMarked
package dev.docent.resilience;

import org.jspecify.annotations.NullMarked;
