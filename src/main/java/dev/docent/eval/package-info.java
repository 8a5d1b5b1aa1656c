/**
 * Measures retrieval with questions whose right places are known. {@link
 * dev.docent.eval.Evaluation} is the way in, {@link dev.docent.eval.EvalReport} what comes out.
 *
 * <p>Tested by: EvaluationTest, ManualBaselineTest.
 */
@NullMarked
package dev.docent.eval;

import org.jspecify.annotations.NullMarked;
