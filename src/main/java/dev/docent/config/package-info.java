/**
 * Reads typed settings and secrets, and finds all that is wrong with them in one go.
 *
 * <p>Tested by: DatabaseUrlTest, OriginsTest, ServiceUrlTest, SettingsTest, ConfiguredTest,
 * ReferenceTest.
 */
@NullMarked
package dev.docent.config;

import org.jspecify.annotations.NullMarked;
