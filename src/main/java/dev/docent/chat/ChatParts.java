package dev.docent.chat;

import dev.docent.failure.Failure;
import dev.docent.rag.LanguageModel;
import dev.docent.retrieval.Retriever;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What answering needs.
 *
 * @param retriever finds passages
 * @param searchers how many threads it is called on
 * @param model answers from them
 * @param quoting answers if {@code model} fails; may be the same object
 * @param conversations stores what was said
 * @param indexFailure why passages cannot be found right now, as far as is known without asking
 */
public record ChatParts(
        Retriever retriever,
        int searchers,
        LanguageModel model,
        LanguageModel quoting,
        Conversations conversations,
        Supplier<Optional<Failure>> indexFailure) {}
