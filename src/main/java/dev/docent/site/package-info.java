/**
 * A Docusaurus site on disk: {@link dev.docent.site.SiteScan} finds its pages and their addresses
 * as Docusaurus would, {@link dev.docent.site.PageReader} reads one of them.
 *
 * <p>Tested by: SiteScanTest, SiteConfigTest, PageReaderTest, AddressesTest, DocusaurusTruthTest,
 * IngestionTest.
 */
@NullMarked
package dev.docent.site;

import org.jspecify.annotations.NullMarked;
