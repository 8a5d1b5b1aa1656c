package dev.docent.gemini;

import dev.docent.rag.LanguageModel.Usage;
import dev.docent.rag.Sink;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.PartialResponse;
import dev.langchain4j.model.chat.response.PartialResponseContext;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.googleai.GoogleAiGeminiTokenUsage;
import org.jspecify.annotations.Nullable;

/**
 * Passes pieces of an answer to a sink. langchain4j catches exceptions of a handler, so they are
 * kept here and thrown at the end.
 */
final class TokenHandler implements StreamingChatResponseHandler {
    private final Sink<String> sink;
    private boolean begun;
    private @Nullable Throwable thrown;
    private Usage usage = new Usage(0, 0);

    TokenHandler(Sink<String> sink) {
        this.sink = sink;
    }

    /** Whether the sink received anything. */
    boolean begun() {
        return begun;
    }

    @Override
    public void onPartialResponse(PartialResponse piece, PartialResponseContext context) {
        if (thrown == null && !pass(piece.text())) {
            context.streamingHandle().cancel();
        }
    }

    /** Passes a piece on; false if the sink threw an exception. */
    boolean pass(String text) {
        begun = true;
        try {
            sink.accept(text);
            return true;
        } catch (RuntimeException | Error e) {
            thrown = e;
            return false;
        }
    }

    /** Flushes the sink before a wait for the next piece; throws what the sink throws. */
    void flush() {
        try {
            sink.flush();
        } catch (RuntimeException | Error e) {
            thrown = e;
            throw e;
        }
    }

    @Override
    public void onCompleteResponse(ChatResponse response) {
        if (response.tokenUsage() instanceof GoogleAiGeminiTokenUsage counted) {
            usage =
                    new Usage(
                            orZero(counted.inputTokenCount()),
                            orZero(counted.outputTokenCount())
                                    + orZero(counted.thoughtsTokenCount()));
        }
    }

    @Override
    public void onError(Throwable error) {
        thrown = thrown == null ? error : thrown;
    }

    /**
     * The tokens that the answer took, once its stream has ended.
     *
     * @param finish why Gemini ended it
     */
    Usage end(@Nullable String finish, GeminiFailures failures) {
        switch (thrown) {
            case RuntimeException e -> throw e;
            case Error e -> throw e;
            case null, default -> {}
        }
        boolean cut = "MAX_TOKENS".equals(finish);
        if (!begun) {
            throw new GeminiFailed(failures.empty(cut));
        }
        if (cut) {
            sink.accept(" …");
        }
        return usage;
    }

    private static int orZero(@Nullable Integer count) {
        return count == null ? 0 : count;
    }
}
