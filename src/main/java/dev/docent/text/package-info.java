/** The words of a text, and its plain sentences. Uses nothing else of this project. */
@NullMarked
package dev.docent.text;

import org.jspecify.annotations.NullMarked;
