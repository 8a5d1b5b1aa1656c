/** The index in process. */
@NullMarked
package dev.docent.lucene;

import org.jspecify.annotations.NullMarked;
