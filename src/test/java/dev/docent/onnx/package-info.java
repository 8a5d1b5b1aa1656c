/** The embedding model in process. */
@NullMarked
package dev.docent.onnx;

import org.jspecify.annotations.NullMarked;
