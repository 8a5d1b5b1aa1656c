/**
 * Judges retrieval: asks questions whose right places are known, and counts. {@link
 * dev.docent.eval.Evaluation} is the way in, {@link dev.docent.eval.EvalReport} what comes out.
 */
@NullMarked
package dev.docent.eval;

import org.jspecify.annotations.NullMarked;
