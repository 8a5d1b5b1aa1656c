package dev.docent.gemini;

import dev.docent.failure.DependencyException;
import dev.docent.gemini.GeminiFailures.Role;
import dev.docent.rag.FollowUp;
import dev.docent.rag.LanguageModel;
import dev.docent.rag.ModelRequest;
import dev.docent.rag.Prompt;
import dev.docent.rag.Sink;
import dev.docent.rag.Turn;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.googleai.GeminiThinkingConfig;
import dev.langchain4j.model.googleai.GeminiThinkingConfig.GeminiThinkingLevel;
import dev.langchain4j.model.googleai.GoogleAiGeminiStreamingChatModel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A Gemini model that writes answers. A stream runs on its caller's thread. A call may be repeated,
 * within {@link GeminiSettings.Timeouts#firstToken}, until a part of its answer was passed on. An
 * answer that reaches its token limit ends with an ellipsis. Thread-safe.
 */
public final class GeminiModel implements LanguageModel {
    /** The longest answer, thoughts included. */
    private static final int MAX_OUTPUT_TOKENS = 8192;

    private final GeminiSettings settings;
    private final Duration answerTimeout;
    private final GeminiEndpoint line;

    /**
     * The chat model of the settings, with two limits of its users.
     *
     * @param answerTimeout the longest time for a whole answer
     * @param checkTimeout the longest time for a check
     */
    public GeminiModel(GeminiSettings settings, Duration answerTimeout, Duration checkTimeout) {
        this.settings = settings;
        this.answerTimeout = answerTimeout;
        this.line = new GeminiEndpoint(settings, Role.CHAT, checkTimeout);
    }

    @Override
    public String name() {
        return settings.model();
    }

    @Override
    public boolean generative() {
        return true;
    }

    @Override
    public Usage answer(ModelRequest request, Sink<String> sink) {
        Deadline first = line.in(settings.timeouts().firstToken());
        Deadline whole = line.in(answerTimeout);
        return stream(Prompt.answering(request), first, whole, sink);
    }

    @Override
    public String standalone(List<Turn> history, String question) {
        Deadline deadline = line.in(settings.timeouts().condense());
        StringBuilder output = new StringBuilder();
        try {
            stream(Prompt.condensing(history, question), deadline, deadline, output::append);
        } catch (DependencyException e) {
            // If the failure lasts, the call for the answer reports it.
            return FollowUp.standalone(history, question);
        }
        return FollowUp.parse(output.toString(), question);
    }

    @Override
    public void check() {
        line.check("generateContent");
    }

    @Override
    public void close() {
        // Each call closes its own connection.
    }

    private Usage stream(Prompt prompt, Deadline first, Deadline whole, Sink<String> sink) {
        ChatRequest request = ChatRequest.builder().messages(messages(prompt)).build();
        TokenHandler pieces = new TokenHandler(sink);
        return line.run(
                first,
                settings.timeouts().idle(),
                whole,
                () -> !pieces.begun(),
                call -> {
                    model(call.into(pieces)).chat(request, pieces);
                    return pieces.end(call.finish(), line.failures());
                });
    }

    private GoogleAiGeminiStreamingChatModel model(GeminiCall call) {
        return GoogleAiGeminiStreamingChatModel.builder()
                .httpClientBuilder(call.builder())
                .baseUrl(settings.baseUrl().toString())
                .apiKey(settings.requiredKey().reveal())
                .modelName(settings.model())
                .maxOutputTokens(MAX_OUTPUT_TOKENS)
                .thinkingConfig(thinking(settings.model()))
                // Otherwise langchain4j would mix thoughts into the answer.
                .returnThinking(false)
                .build();
    }

    /**
     * As little thinking as the model allows, because the passages are given and the reader waits;
     * null for an unknown model, because a wrong field is an error. See <a
     * href="https://ai.google.dev/gemini-api/docs/thinking">thinking</a>.
     */
    private static @Nullable GeminiThinkingConfig thinking(String model) {
        if (model.startsWith("gemini-3")) {
            return GeminiThinkingConfig.builder().thinkingLevel(GeminiThinkingLevel.LOW).build();
        }
        return model.startsWith("gemini-2.5-flash")
                ? GeminiThinkingConfig.builder().thinkingBudget(0).build()
                : null;
    }

    private static List<ChatMessage> messages(Prompt prompt) {
        List<ChatMessage> messages = new ArrayList<>();
        messages.add(SystemMessage.from(prompt.system()));
        for (Turn turn : prompt.history()) {
            messages.add(UserMessage.from(turn.question()));
            messages.add(AiMessage.from(turn.answer()));
        }
        messages.add(UserMessage.from(prompt.user()));
        return messages;
    }
}
