/** Google Gemini behind the ports for language models and embeddings. */
@NullMarked
package dev.docent.gemini;

import org.jspecify.annotations.NullMarked;
