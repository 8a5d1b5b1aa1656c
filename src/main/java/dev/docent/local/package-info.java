/**
 * What answers without any account: passages in Lucene, a local embedding model in process, and
 * answers that quote.
 */
@NullMarked
package dev.docent.local;

import org.jspecify.annotations.NullMarked;
