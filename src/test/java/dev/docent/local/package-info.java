/** Tests of what runs in the process itself. */
@NullMarked
package dev.docent.local;

import org.jspecify.annotations.NullMarked;
