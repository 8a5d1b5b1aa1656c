/**
 * The health of the dependencies: probes, their schedule, and the report.
 *
 * <p>Tested by: HealthMonitorTest, ServiceHealthTest, HttpProblemTest, ServiceDownTest.
 */
@NullMarked
package dev.docent.health;

import org.jspecify.annotations.NullMarked;
