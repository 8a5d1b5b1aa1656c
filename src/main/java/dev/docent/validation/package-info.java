/**
 * Applies the rules of {@code config/secrets.yaml} to the environment, and says what is wrong with
 * a secret, a level or the name of a model.
 *
 * <p>Tested by: RulesTest, ConfiguredTest, HostileValuesTest, ReferenceTest.
 */
@NullMarked
package dev.docent.validation;

import org.jspecify.annotations.NullMarked;
