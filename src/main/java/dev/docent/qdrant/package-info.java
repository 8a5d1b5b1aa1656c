/**
 * The passage index that lives in Qdrant, over gRPC or, where only port 443 is open, over REST.
 * Reading order: {@link dev.docent.qdrant.QdrantIndex}, {@code Lexicon}, {@code Search}, {@code
 * QdrantUpdate}, {@code Transport}.
 *
 * <p>From {@code io.qdrant:client} 1.18.3 only the messages, their factories and the gRPC stubs are
 * used. What bypasses it, and why:
 *
 * <ul>
 *   <li>calls go to the blocking stubs, not through {@code QdrantClient}: an interrupt cancels a
 *       blocking call, but not one whose future is waited for; and {@code QdrantClient} logs every
 *       failure as an error with its stack trace, even the expected "no such collection"
 *   <li>REST is written by hand, because the library has none
 * </ul>
 *
 * <p>Tested by: QdrantIndexTest, QdrantIndexContractTest, QdrantFaultTest, QdrantCausesTest,
 * QdrantSettingsTest, PayloadTest, KeyRightsTest.
 */
@NullMarked
package dev.docent.qdrant;

import org.jspecify.annotations.NullMarked;
