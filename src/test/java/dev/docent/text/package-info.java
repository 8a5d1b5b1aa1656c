/** The words of a text. */
@NullMarked
package dev.docent.text;

import org.jspecify.annotations.NullMarked;
