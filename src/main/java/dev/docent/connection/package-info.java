/**
 * The connections of the port: how many there are, and how long each may take to send or to take.
 *
 * <p>Tested by: SlowConnectionTest, CapacityTest, LifecycleTest, BrokenRequestsTest.
 */
@NullMarked
package dev.docent.connection;

import org.jspecify.annotations.NullMarked;
