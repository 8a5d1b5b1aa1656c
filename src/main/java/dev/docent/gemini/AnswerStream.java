package dev.docent.gemini;

import com.fasterxml.jackson.databind.JsonNode;
import dev.docent.failure.Failure;
import dev.docent.failure.FailureCode;
import dev.docent.rag.LanguageModel.Usage;
import dev.docent.rag.Sink;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An answer as it comes in: its text goes to a sink, and everything else decides how the call ends.
 * Text that nobody could see is held back until something visible follows, so that an answer of
 * nothing else counts as none. What the sink throws ends the call. Not thread-safe.
 */
final class AnswerStream {
    private static final Usage NONE = new Usage(0, 0);

    private final Sink<String> sink;
    private final GeminiFailures failures;
    private final StringBuilder unseen = new StringBuilder();
    private boolean begun;
    private boolean readable;
    private @Nullable String finish;
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
     */
    void event(byte[] data) {
        String text = TextEvent.of(data);
        if (text != null) {
            readable = true;
            text(text);
            return;
        }
        String json = new String(data, StandardCharsets.UTF_8);
        JsonNode whole = failures.read(json);
        if (!whole.isMissingNode() || json.indexOf('\n') < 0) {
            event(whole, json);
            return;
        }
        json.lines()
                .filter(line -> !line.isBlank())
                .forEach(line -> event(failures.read(line), line));
    }

    private void event(JsonNode event, String json) {
        if (!event.isObject()) {
            // Some relays end a stream in OpenAI's way, and what follows the finish is theirs.
            if (finish != null || json.strip().equals("[DONE]")) {
                return;
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
            if (!part.path("thought").asBoolean()) {
                text(part.path("text").asText());
            }
        }
        failure.ifPresent(one -> {
            throw new GeminiFailed(one, event.path("error").isMissingNode());
        });
        String reason = GeminiFailures.finishReason(candidate);
        finish = reason.isEmpty() ? finish : reason;
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

    /** Ends the answer. */
    void end() {
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

    /** Flushes the sink before a wait for the next piece. */
    void flush() {
        sink.flush();
    }

    private void text(String piece) {
        if (begun) {
            if (!piece.isEmpty()) {
                sink.accept(piece);
            }
            return;
        }
        unseen.append(piece);
        if (piece.codePoints().anyMatch(AnswerStream::visible)) {
            begun = true;
            sink.accept(unseen.toString());
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
}
