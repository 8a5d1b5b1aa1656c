/** The retriever, and what it decides by. */
@NullMarked
package dev.docent.retrieval;

import org.jspecify.annotations.NullMarked;
