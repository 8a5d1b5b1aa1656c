/**
 * The health of the dependencies: probes, their schedule, the report, and how numbers are written
 * for a monitor.
 *
 * <p>Tested by: HealthMonitorTest, OpenMetricsTest, ServiceHealthTest, HttpProblemTest,
 * ServiceDownTest.
 */
@NullMarked
package dev.docent.health;

import org.jspecify.annotations.NullMarked;
