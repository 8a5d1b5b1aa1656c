/**
 * JSON from annotated records and JSON trees, with one mapper for all packages.
 *
 * <p>Tested by: WireTest, SourcesJsonTest, JsonFormatTest, CheckReportTest.
 */
@NullMarked
package dev.docent.json;

import org.jspecify.annotations.NullMarked;
