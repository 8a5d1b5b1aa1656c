/** Failures of dependencies, explained for the reader and for the owner. */
@NullMarked
package dev.docent.failure;

import org.jspecify.annotations.NullMarked;
