/** How the log looks: one line an event, or one JSON object a line; secrets never in either. */
@NullMarked
package dev.docent.logging;

import org.jspecify.annotations.NullMarked;
