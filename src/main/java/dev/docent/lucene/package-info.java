/** The passage index in process: BM25 and vectors in Lucene, on disk. */
@NullMarked
package dev.docent.lucene;

import org.jspecify.annotations.NullMarked;
