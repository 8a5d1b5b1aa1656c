/** What went wrong with a dependency, in words for the reader and in words for the owner. */
@NullMarked
package dev.docent.failure;

import org.jspecify.annotations.NullMarked;
