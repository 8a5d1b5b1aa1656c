/** Reads typed settings and secrets, and finds all that is wrong with them in one go. */
@NullMarked
package dev.docent.config;

import org.jspecify.annotations.NullMarked;
