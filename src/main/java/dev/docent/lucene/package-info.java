/**
 * The passage index in process: BM25 and vectors in Lucene, on disk.
 *
 * <p>Tested by: LuceneIndexTest, ManualBaselineTest.
 */
@NullMarked
package dev.docent.lucene;

import org.jspecify.annotations.NullMarked;
