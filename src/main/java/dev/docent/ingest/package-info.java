/**
 * Turns a site into passages in an index: {@code PassageSplitter} splits pages, {@link
 * dev.docent.ingest.Ingestion} brings an index up to date with the passages, and {@link
 * dev.docent.ingest.SurveyCache} lets it skip files that did not change.
 *
 * <p>Tested by: IngestionTest, CheckoutTest, SurveyCacheTest, PassageSplitterTest, ProgressTest,
 * HostileInputTest.
 */
@NullMarked
package dev.docent.ingest;

import org.jspecify.annotations.NullMarked;
