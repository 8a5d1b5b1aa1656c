/** Tests of the evaluation. */
@NullMarked
package dev.docent.eval;

import org.jspecify.annotations.NullMarked;
