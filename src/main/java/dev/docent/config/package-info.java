/** A small library that reads typed settings and secrets and knows nothing of docent. */
@NullMarked
package dev.docent.config;

import org.jspecify.annotations.NullMarked;
