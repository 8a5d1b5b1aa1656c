/**
 * A site becomes passages in an index: {@code PassageSplitter} cuts pages to length, and {@link
 * dev.docent.ingest.Ingestion} brings an index up to date with them; {@link
 * dev.docent.ingest.SurveyCache} spares it what did not change.
 */
@NullMarked
package dev.docent.ingest;

import org.jspecify.annotations.NullMarked;
