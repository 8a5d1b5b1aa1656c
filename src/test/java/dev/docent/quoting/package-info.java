/** Answers without a language model. */
@NullMarked
package dev.docent.quoting;

import org.jspecify.annotations.NullMarked;
