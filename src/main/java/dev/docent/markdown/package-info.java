/**
 * Docusaurus' dialect of Markdown and MDX: {@link dev.docent.markdown.SectionReader} reads a page
 * into sections with the anchors that Docusaurus gives them. Uses nothing else of this project.
 *
 * <p>Tested by: SectionReaderTest, HostileInputTest.
 */
@NullMarked
package dev.docent.markdown;

import org.jspecify.annotations.NullMarked;
