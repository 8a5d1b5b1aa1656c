/**
 * The rules of {@code config/secrets.yaml} applied to the environment: what is wrong with a secret,
 * a level or the name of a model, in words.
 */
@NullMarked
package dev.docent.validation;

import org.jspecify.annotations.NullMarked;
