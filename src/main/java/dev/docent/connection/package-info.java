/**
 * The connections of the port: how many there are, and how long each may take to send or to take,
 * and how requests are framed.
 *
 * <p>Tested by: FramingTest, SlowConnectionTest, CapacityTest, LifecycleTest, BrokenRequestsTest,
 * RawRequestTest.
 */
@NullMarked
package dev.docent.connection;

import org.jspecify.annotations.NullMarked;
