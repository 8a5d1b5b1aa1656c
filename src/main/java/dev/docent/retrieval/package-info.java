/**
 * The passages that answer a question, and whether they do: {@link dev.docent.retrieval.Retriever}
 * asks the index, ranks what it finds and decides whether that is evidence enough.
 */
@NullMarked
package dev.docent.retrieval;

import org.jspecify.annotations.NullMarked;
