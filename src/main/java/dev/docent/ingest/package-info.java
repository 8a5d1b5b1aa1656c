/**
 * A tree of Markdown or MDX becomes passages in an index: {@code SiteScan} finds the pages and
 * their addresses as Docusaurus would, {@code PageReader} turns one into sections, {@code
 * PassageCutter} cuts those to length, and {@link dev.docent.ingest.Ingestion} brings an index up
 * to date with them; {@link dev.docent.ingest.SurveyCache} spares it what did not change.
 */
@NullMarked
package dev.docent.ingest;

import org.jspecify.annotations.NullMarked;
