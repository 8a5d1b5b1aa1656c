/** Answers without a language model: the sentences that answer best, word for word. */
@NullMarked
package dev.docent.quoting;

import org.jspecify.annotations.NullMarked;
