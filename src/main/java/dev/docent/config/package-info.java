/**
 * Reads typed settings and secrets, finds all that is wrong with them in one go, and knows nothing
 * of what they drive.
 */
@NullMarked
package dev.docent.config;

import org.jspecify.annotations.NullMarked;
