/**
 * Docent answers readers' questions about a documentation site, with sources that they can check.
 * This package is the program itself: {@code Main} is the command line, {@code Docent} the
 * assembled service.
 *
 * <p>The house, from the street to the cellar:
 *
 * <ul>
 *   <li>{@link dev.docent.http}: the wire: routes, event stream, refusals, static pages
 *   <li>{@link dev.docent.chat}: a question in, the events of its answer out
 *   <li>{@link dev.docent.rag}: vocabulary of retrieval, its ports, and the retriever
 *   <li>{@link dev.docent.ingest}: a tree of Docusaurus pages to passages in an index
 *   <li>{@link dev.docent.eval}: how good retrieval is, measured with questions whose passages are
 *       known
 *   <li>{@link dev.docent.gemini}: language model and embeddings by Google
 *   <li>{@link dev.docent.qdrant}: the passage index of live mode
 *   <li>{@link dev.docent.database}: conversations in PostgreSQL or H2
 *   <li>{@link dev.docent.local}: what answers without any account
 *   <li>{@link dev.docent.health}: what condition the dependencies are in
 *   <li>{@link dev.docent.resilience}: a gate before each remote dependency: breaker and bulkhead
 *   <li>{@link dev.docent.secrets}: rules for the secrets, and the report of all that is wrong
 *   <li>{@link dev.docent.failure}: what went wrong with a dependency, in words
 *   <li>{@link dev.docent.config}: typed settings and secrets; knows nothing of docent
 *   <li>{@link dev.docent.logging}: how the log looks
 * </ul>
 */
@NullMarked
package dev.docent;

import org.jspecify.annotations.NullMarked;
