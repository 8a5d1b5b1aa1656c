/**
 * Failures of dependencies, explained for the reader and for the owner.
 *
 * <p>Tested by: OwnWordsTest, DiagnosisTest, GeminiFaultsTest, QdrantFaultTest, PostgresFaultsTest,
 * ServiceFaultsTest.
 */
@NullMarked
package dev.docent.failure;

import org.jspecify.annotations.NullMarked;
