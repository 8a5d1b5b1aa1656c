/** The health of the dependencies: probes, their schedule, and the report. */
@NullMarked
package dev.docent.health;

import org.jspecify.annotations.NullMarked;
