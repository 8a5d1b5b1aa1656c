/**
 * The command line: {@link dev.docent.cli.Main} and a class for each command.
 *
 * <p>Tested by: SecretScanTest, CheckCommandTest, CheckReportTest, IngestCommandTest, CommandsTest,
 * WidgetCommandTest, DocumentCommandsTest, HeapTest, LifecycleTest, OutputTest.
 */
@NullMarked
package dev.docent.cli;

import org.jspecify.annotations.NullMarked;
