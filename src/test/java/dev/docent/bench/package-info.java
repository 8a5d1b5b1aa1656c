/** Measures the service from outside; run by hand, never by the build. */
@NullMarked
package dev.docent.bench;

import org.jspecify.annotations.NullMarked;
