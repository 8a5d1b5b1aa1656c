/** Docusaurus' dialect of Markdown. */
@NullMarked
package dev.docent.markdown;

import org.jspecify.annotations.NullMarked;
