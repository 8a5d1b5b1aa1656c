package dev.docent.gemini;

import com.fasterxml.jackson.databind.JsonNode;
import dev.docent.failure.Failure;
import dev.docent.failure.FailureCode;
import dev.docent.rag.LanguageModel.Usage;
import dev.docent.rag.Sink;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An answer as it comes in: its text goes to a sink, and everything else decides how the call ends.
 * Text that nobody could see is held back until something visible follows, so that an answer of
 * nothing else counts as none. Not thread-safe.
 */
final class AnswerStream implements StreamingChatResponseHandler {
    private static final Usage NONE = new Usage(0, 0);

    private final Sink<String> sink;
    private final GeminiFailures failures;
    private final StringBuilder unseen = new StringBuilder();
    private boolean begun;
    private boolean readable;
    private @Nullable String finish;
    private @Nullable Throwable thrown;
    private Usage usage = NONE;

    AnswerStream(Sink<String> sink, GeminiFailures failures) {
        this.sink = sink;
        this.failures = failures;
    }

    /** Forgets a call that passed nothing on, because it is repeated. */
    void restart() {
        unseen.setLength(0);
        readable = false;
        finish = null;
        thrown = null;
    }

    /** Whether the sink received anything. */
    boolean begun() {
        return begun;
    }

    /** Whether Gemini said why it ended the answer. */
    boolean finished() {
        return finish != null;
    }

    /**
     * Takes an event, or several on a line each, as some relays send them.
     *
     * @param data UTF-8
     * @return false if the sink threw an exception, so that nothing more is wanted
     */
    boolean event(byte[] data) {
        String text = TextEvent.of(data);
        if (text != null) {
            readable = true;
            return text(text);
        }
        String json = new String(data, StandardCharsets.UTF_8);
        JsonNode whole = failures.read(json);
        if (!whole.isMissingNode() || json.indexOf('\n') < 0) {
            return event(whole, json);
        }
        return json.lines()
                .filter(line -> !line.isBlank())
                .allMatch(line -> event(failures.read(line), line));
    }

    private boolean event(JsonNode event, String json) {
        if (!event.isObject()) {
            // Some relays end a stream in OpenAI's way, and what follows the finish is theirs.
            if (finish != null || json.strip().equals("[DONE]")) {
                return true;
            }
            throw new GeminiFailed(failures.unreadable());
        }
        readable = true;
        count(event.path("usageMetadata"));
        JsonNode candidate = event.path("candidates").path(0);
        Optional<Failure> failure = failures.ofEvent(event);
        if (failure.filter(one -> one.code() == FailureCode.BLOCKED).isPresent()) {
            throw new GeminiFailed(failure.get());
        }
        for (JsonNode part : candidate.path("content").path("parts")) {
            if (!part.path("thought").asBoolean() && !text(part.path("text").asText())) {
                return false;
            }
        }
        failure.ifPresent(one -> {
            throw new GeminiFailed(one, event.path("error").isMissingNode());
        });
        String reason = GeminiFailures.finishReason(candidate);
        finish = reason.isEmpty() ? finish : reason;
        return true;
    }

    /**
     * Ends a stream.
     *
     * @param stray what came outside of events: an error, or the whole answer where {@code alt=sse}
     *     was lost on the way
     */
    void close(String stray) {
        JsonNode rest = failures.read(stray);
        Optional<Failure> error = failures.ofError(rest);
        if (error.isPresent()) {
            throw new GeminiFailed(error.get());
        }
        boolean stream = readable || stray.isBlank();
        if (!readable && rest.isContainerNode()) {
            Iterable<JsonNode> events = rest.isArray() ? rest : List.of(rest);
            events.forEach(event -> event(event, ""));
        }
        if (finish == null) {
            throw new GeminiFailed(stream ? failures.brokenOff() : failures.noStream());
        }
    }

    /** The tokens that this call took, as far as Google has told. */
    Usage spent() {
        Usage spent = new Usage(usage.input(), usage.output(), begun && cut());
        usage = NONE;
        return spent;
    }

    /** Ends the answer; throws what ended it otherwise. */
    void end() {
        switch (thrown) {
            case RuntimeException e -> throw e;
            case Error e -> throw e;
            case null, default -> {}
        }
        if (!begun) {
            throw new GeminiFailed(failures.empty(cut()), !cut());
        }
        if (cut()) {
            sink.accept(" …");
        }
    }

    private boolean cut() {
        return "MAX_TOKENS".equals(finish);
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

    private boolean text(String piece) {
        if (!begun) {
            unseen.append(piece);
            if (piece.codePoints().noneMatch(AnswerStream::visible)) {
                return true;
            }
        }
        String passed = begun ? piece : unseen.toString();
        if (passed.isEmpty()) {
            return true;
        }
        begun = true;
        try {
            sink.accept(passed);
            return true;
        } catch (RuntimeException | Error e) {
            thrown = e;
            return false;
        }
    }

    private static boolean visible(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SPACE_SEPARATOR,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR ->
                    false;
            default -> true;
        };
    }

    private void count(JsonNode tokens) {
        if (tokens.isObject()) {
            usage =
                    new Usage(
                            tokens.path("promptTokenCount").asInt(),
                            tokens.path("candidatesTokenCount").asInt()
                                    + tokens.path("thoughtsTokenCount").asInt());
        }
    }

    /** Never called, because langchain4j gets no event to read. */
    @Override
    public void onCompleteResponse(ChatResponse response) {}

    @Override
    public void onError(Throwable error) {
        thrown = thrown == null ? error : thrown;
    }
}
