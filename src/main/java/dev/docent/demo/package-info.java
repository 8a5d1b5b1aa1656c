/**
 * What demo mode answers from without an account: {@link dev.docent.demo.OpenedDocs} reads a folder
 * of pages when the service starts, by default {@link dev.docent.demo.Manual}, the project's own.
 *
 * <p>Tested by: ManualTest, LifecycleTest.
 */
@NullMarked
package dev.docent.demo;

import org.jspecify.annotations.NullMarked;
