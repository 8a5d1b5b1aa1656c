/** What condition the dependencies are in: probes, the schedule that runs them, and the report. */
@NullMarked
package dev.docent.health;

import org.jspecify.annotations.NullMarked;
