/**
 * Embeddings in process, by a small ONNX model that needs no account and spends no quota.
 *
 * <p>Tested by: OnnxEmbedderTest, WordPiecesTest.
 */
@NullMarked
package dev.docent.onnx;

import org.jspecify.annotations.NullMarked;
