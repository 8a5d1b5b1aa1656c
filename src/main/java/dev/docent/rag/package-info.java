/**
 * The vocabulary of retrieval and answering, and the ports: {@link dev.docent.rag.Embedder}, {@link
 * dev.docent.rag.PassageIndex} and {@link dev.docent.rag.LanguageModel}.
 *
 * <p>Tested by: PromptTest, FollowUpTest, EmbedderContract, PassageIndexContract.
 */
@NullMarked
package dev.docent.rag;

import org.jspecify.annotations.NullMarked;
