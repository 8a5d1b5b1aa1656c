package dev.docent.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import dev.docent.chat.AnswerEvent;
import dev.docent.chat.Source;
import dev.docent.chat.StoredMessage;
import dev.docent.failure.FailureCode;
import dev.docent.json.Json;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The JSON of events and messages: the members of records, in their order. */
final class Wire {
    private static final byte[] TOKEN_START =
            " {\"type\":\"token\",\"content\":\"".getBytes(StandardCharsets.UTF_8);
    private static final byte[] TOKEN_END = "\"}".getBytes(StandardCharsets.UTF_8);

    private static final DateTimeFormatter MICROSECONDS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

    private Wire() {}

    /** What follows {@code data:}: a blank, which deployed clients need, and JSON on one line. */
    static byte[] data(AnswerEvent event) {
        return switch (event) {
            case AnswerEvent.Token token -> token(token.content());
            case AnswerEvent.Metadata(UUID id, boolean stored, boolean truncated) ->
                    blankAnd(new Metadata("metadata", id, onlyFalse(stored), onlyTrue(truncated)));
            case AnswerEvent.Failed(FailureCode code, String message, @Nullable Duration retry) ->
                    blankAnd(
                            new Failed(
                                    "error",
                                    code.wire(),
                                    message,
                                    retry == null ? null : seconds(retry)));
            case AnswerEvent.Done(
                            List<Source> sources,
                            boolean stored,
                            boolean askedBack,
                            boolean truncated) ->
                    blankAnd(
                            new Done(
                                    "done",
                                    sources,
                                    onlyFalse(stored),
                                    onlyTrue(askedBack),
                                    onlyTrue(truncated)));
        };
    }

    static Conversation conversation(UUID id, List<StoredMessage> messages) {
        return new Conversation(id, messages.stream().map(Message::new).toList());
    }

    /** Whole seconds, rounded up, at least one. */
    static long seconds(Duration duration) {
        return Math.max(1, duration.plusMillis(999).toSeconds());
    }

    @JsonInclude(JsonInclude.Include.NON_NULL)
    private record Metadata(
            String type,
            @JsonProperty("conversation_id") UUID conversationId,
            @Nullable Boolean stored,
            @JsonProperty("context_truncated") @Nullable Boolean contextTruncated) {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    private record Failed(
            String type,
            String code,
            String message,
            @JsonProperty("retry_after") @Nullable Long retryAfter) {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    private record Done(
            String type,
            List<Source> sources,
            @Nullable Boolean stored,
            @JsonProperty("asked_back") @Nullable Boolean askedBack,
            @Nullable Boolean truncated) {}

    record Conversation(
            @JsonProperty("conversation_id") UUID conversationId, List<Message> messages) {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Message(
            UUID id,
            String role,
            String content,
            @JsonInclude(JsonInclude.Include.ALWAYS) @Nullable List<Source> sources,
            @JsonProperty("created_at") String createdAt,
            @Nullable Boolean incomplete) {
        Message(StoredMessage stored) {
            this(
                    stored.id(),
                    stored.role().name().toLowerCase(Locale.ROOT),
                    stored.content(),
                    stored.sources(),
                    MICROSECONDS.format(stored.createdAt()),
                    onlyTrue(stored.incomplete()));
        }
    }

    record Found(String query, boolean evidence, List<Source> hits) {}

    /**
     * Tokens are by far the most frequent events, so they are written directly, without an object.
     */
    private static byte[] token(String content) {
        byte[] text = JsonStringEncoder.getInstance().quoteAsUTF8(whole(content));
        byte[] data =
                Arrays.copyOf(TOKEN_START, TOKEN_START.length + text.length + TOKEN_END.length);
        System.arraycopy(text, 0, data, TOKEN_START.length, text.length);
        System.arraycopy(TOKEN_END, 0, data, TOKEN_START.length + text.length, TOKEN_END.length);
        return data;
    }

    /** Replaces half surrogate pairs, which a model may send and which UTF-8 cannot encode. */
    private static String whole(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                byte[] replaced = text.getBytes(StandardCharsets.UTF_8);
                return new String(replaced, StandardCharsets.UTF_8);
            }
        }
        return text;
    }

    private static byte[] blankAnd(Object event) {
        byte[] json = Json.bytes(event);
        byte[] data = new byte[json.length + 1];
        data[0] = ' ';
        System.arraycopy(json, 0, data, 1, json.length);
        return data;
    }

    /** The value if it is true, otherwise null, which leaves the member out. */
    private static @Nullable Boolean onlyTrue(boolean value) {
        return value ? true : null;
    }

    /** The value if it is false, otherwise null, which leaves the member out. */
    private static @Nullable Boolean onlyFalse(boolean value) {
        return value ? null : false;
    }
}
