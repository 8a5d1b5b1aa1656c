/** Answers without a language model, and the quotes that support an answer's sources. */
@NullMarked
package dev.docent.quoting;

import org.jspecify.annotations.NullMarked;
