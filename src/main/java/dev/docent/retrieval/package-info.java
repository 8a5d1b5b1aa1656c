/**
 * The passages that answer a question, and whether they do: {@link dev.docent.retrieval.Retriever}
 * asks the index, ranks the passages and decides whether they are evidence enough.
 *
 * <p>Tested by: RetrieverTest, QuestionFormTest, LanguageTest, UnansweredSetsTest, NamesTest,
 * CalibratorTest, ExemplarsTest, WordsAloneTest, ManualBaselineTest.
 */
@NullMarked
package dev.docent.retrieval;

import org.jspecify.annotations.NullMarked;
