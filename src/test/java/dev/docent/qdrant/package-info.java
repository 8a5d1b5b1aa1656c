/** Tests of the Qdrant index, and the Qdrant of their own that they run against. */
@NullMarked
package dev.docent.qdrant;

import org.jspecify.annotations.NullMarked;
