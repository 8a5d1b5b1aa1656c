/** Keeps a dependency that fails from costing every reader its time limit. */
@NullMarked
package dev.docent.resilience;

import org.jspecify.annotations.NullMarked;
