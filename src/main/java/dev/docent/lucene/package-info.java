/**
 * The passage index in process, BM25 and vectors in Lucene on disk; and an index of words alone, in
 * memory, for an index elsewhere that has only vectors.
 *
 * <p>Tested by: LuceneIndexTest, WordIndexTest, ManualBaselineTest.
 */
@NullMarked
package dev.docent.lucene;

import org.jspecify.annotations.NullMarked;
