package dev.docent.gemini;

import dev.docent.failure.DependencyException;
import dev.docent.gemini.GeminiFailures.Role;
import dev.docent.rag.FollowUp;
import dev.docent.rag.LanguageModel;
import dev.docent.rag.ModelRequest;
import dev.docent.rag.Prompt;
import dev.docent.rag.Turn;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.googleai.GeminiThinkingConfig;
import dev.langchain4j.model.googleai.GeminiThinkingConfig.GeminiThinkingLevel;
import dev.langchain4j.model.googleai.GoogleAiGeminiStreamingChatModel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A Gemini model that writes answers. A stream runs on its caller's thread. A call may be repeated,
 * within {@link GeminiSettings.Timeouts#firstToken}, until a part of its answer was passed on. An
 * answer that reaches its token limit ends with an ellipsis. Thread-safe.
 */
public final class GeminiModel implements LanguageModel {
    private static final Logger LOG = LoggerFactory.getLogger("chat");
    private static final Pattern THINKS_BY_LEVEL =
            Pattern.compile("gemini-(?:[3-9]|\\d\\d).*|.*-latest");

    /** Hears nothing, because langchain4j gets no event to read. */
    private static final StreamingChatResponseHandler UNHEARD =
            new StreamingChatResponseHandler() {
                @Override
                public void onCompleteResponse(ChatResponse response) {}

                @Override
                public void onError(Throwable error) {
                    throw new IllegalStateException("the request could not be written", error);
                }
            };

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
    public void answer(ModelRequest request, Output sink) {
        Deadline first = line.in(settings.timeouts().firstToken());
        Deadline whole = line.in(answerTimeout);
        stream(() -> Prompt.answering(request), first, whole, sink);
    }

    @Override
    public String standalone(List<Turn> history, String question) {
        if (FollowUp.standsAlone(question)) {
            return question;
        }
        Deadline deadline = line.in(settings.timeouts().condense());
        StringBuilder output = new StringBuilder();
        try {
            stream(() -> Prompt.condensing(history, question), deadline, deadline, output::append);
        } catch (DependencyException e) {
            // If the failure lasts, the call for the answer reports it to the reader.
            LOG.warn(
                    "a follow-up question was completed without the model: {}",
                    e.failure().briefly());
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

    private void stream(Supplier<Prompt> prompt, Deadline first, Deadline whole, Output sink) {
        AnswerStream answer = new AnswerStream(sink, line.failures());
        line.run(
                first,
                settings.timeouts().idle(),
                whole,
                () -> !answer.begun(),
                call -> {
                    try {
                        write(prompt.get(), call);
                        call.stream(answer);
                        answer.end();
                        return answer;
                    } finally {
                        sink.used(answer.spent());
                    }
                });
    }

    private void write(Prompt prompt, GeminiCall call) {
        model(call).chat(ChatRequest.builder().messages(messages(prompt)).build(), UNHEARD);
    }

    private GoogleAiGeminiStreamingChatModel model(GeminiCall call) {
        return GoogleAiGeminiStreamingChatModel.builder()
                .httpClientBuilder(call.builder())
                .baseUrl(settings.baseUrl().toString())
                .apiKey(settings.requiredKey().reveal())
                .modelName(settings.model())
                .maxOutputTokens(settings.maxOutputTokens())
                .thinkingConfig(thinking())
                .build();
    }

    /**
     * How much the model thinks; null to leave it to the model. Without a setting, as little as the
     * model allows, because the passages are given and the reader waits: the models of {@code
     * flash-lite} think least by themselves, and a wrong field is an error. See <a
     * href="https://ai.google.dev/gemini-api/docs/thinking">thinking</a>.
     */
    private @Nullable GeminiThinkingConfig thinking() {
        String model = settings.model();
        return switch (settings.thinking()) {
            case AUTO ->
                    model.startsWith("gemini-2.5-flash")
                            ? GeminiThinkingConfig.builder().thinkingBudget(0).build()
                            : THINKS_BY_LEVEL.matcher(model).matches()
                                            && !model.contains("flash-lite")
                                    ? level(GeminiThinkingLevel.LOW)
                                    : null;
            case MODEL -> null;
            case MINIMAL -> level(GeminiThinkingLevel.MINIMAL);
            case LOW -> level(GeminiThinkingLevel.LOW);
            case MEDIUM -> level(GeminiThinkingLevel.MEDIUM);
            case HIGH -> level(GeminiThinkingLevel.HIGH);
        };
    }

    private static GeminiThinkingConfig level(GeminiThinkingLevel level) {
        return GeminiThinkingConfig.builder().thinkingLevel(level).build();
    }

    private static List<ChatMessage> messages(Prompt prompt) {
        List<ChatMessage> messages = new ArrayList<>();
        messages.add(SystemMessage.from(prompt.system()));
        for (Turn turn : prompt.history()) {
            messages.add(UserMessage.from(turn.question()));
            if (!turn.answer().isEmpty()) {
                messages.add(AiMessage.from(turn.answer()));
            }
        }
        messages.add(UserMessage.from(prompt.user()));
        return messages;
    }
}
