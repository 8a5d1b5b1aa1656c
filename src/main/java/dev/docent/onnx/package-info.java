/** Embeddings in process: a small model of ONNX, which needs no account and spends no quota. */
@NullMarked
package dev.docent.onnx;

import org.jspecify.annotations.NullMarked;
