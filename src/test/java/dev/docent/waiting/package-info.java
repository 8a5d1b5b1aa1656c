/** Waits that end. */
@NullMarked
package dev.docent.waiting;

import org.jspecify.annotations.NullMarked;
