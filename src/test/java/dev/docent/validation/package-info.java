/** The rules for secrets, levels and models, in words. */
@NullMarked
package dev.docent.validation;

import org.jspecify.annotations.NullMarked;
