/** The circuit breaker. */
@NullMarked
package dev.docent.resilience;

import org.jspecify.annotations.NullMarked;
