/**
 * The passage index that lives in Qdrant, over gRPC or, where only port 443 is open, over REST.
 * Reading order: {@link dev.docent.qdrant.QdrantIndex}, {@code QdrantUpdate}, {@code Transport}.
 */
@NullMarked
package dev.docent.qdrant;

import org.jspecify.annotations.NullMarked;
