/** Docusaurus sites on disk. */
@NullMarked
package dev.docent.site;

import org.jspecify.annotations.NullMarked;
