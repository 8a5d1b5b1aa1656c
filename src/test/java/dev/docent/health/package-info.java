/** The probes and their schedule. */
@NullMarked
package dev.docent.health;

import org.jspecify.annotations.NullMarked;
