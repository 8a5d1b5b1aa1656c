/**
 * Reads typed settings and secrets, finds all that is wrong with them in one go, and knows nothing
 * of what they drive.
 *
 * <p>Tested by: DatabaseUrlTest, OriginsTest, ServiceUrlTest, SettingsTest, ConfiguredTest,
 * ReferenceTest.
 */
@NullMarked
package dev.docent.config;

import org.jspecify.annotations.NullMarked;
