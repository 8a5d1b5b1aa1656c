package dev.docent.http;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import dev.docent.chat.AnswerEvent;
import dev.docent.chat.Source;
import dev.docent.chat.StoredMessage;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** How events and messages look on the wire. */
final class Wire {
    private static final byte[] TOKEN_START =
            " {\"type\":\"token\",\"content\":\"".getBytes(StandardCharsets.UTF_8);
    private static final byte[] TOKEN_END = "\"}".getBytes(StandardCharsets.UTF_8);

    private static final DateTimeFormatter MICROSECONDS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

    private Wire() {}

    /**
     * What stands behind {@code data:}: a blank, which deployed clients need, and JSON on one line.
     */
    static byte[] data(AnswerEvent event) {
        return switch (event) {
            case AnswerEvent.Token token -> token(token.content());
            case AnswerEvent.Metadata metadata -> blankAnd(metadata(metadata));
            case AnswerEvent.Failed failed -> blankAnd(failed(failed));
            case AnswerEvent.Done done -> blankAnd(done(done));
        };
    }

    static Map<String, Object> conversation(UUID id, List<StoredMessage> messages) {
        List<Object> list = new ArrayList<>();
        for (StoredMessage message : messages) {
            list.add(message(message));
        }
        return members("conversation_id", id.toString(), "messages", list);
    }

    static Map<String, Object> source(Source source) {
        Map<String, Object> members =
                members(
                        "file", source.file(),
                        "heading", source.heading(),
                        "similarity", source.similarity(),
                        "number", source.number(),
                        "title", source.title());
        putIfPresent(members, "url", source.url());
        putIfPresent(members, "quote", source.quote());
        return members;
    }

    /**
     * Tokens are by far the most frequent events, so they are written without a detour over
     * objects.
     */
    private static byte[] token(String content) {
        byte[] text = JsonStringEncoder.getInstance().quoteAsUTF8(whole(content));
        byte[] data =
                Arrays.copyOf(TOKEN_START, TOKEN_START.length + text.length + TOKEN_END.length);
        System.arraycopy(text, 0, data, TOKEN_START.length, text.length);
        System.arraycopy(TOKEN_END, 0, data, TOKEN_START.length + text.length, TOKEN_END.length);
        return data;
    }

    /** Half a surrogate pair, which a model may well send, cannot be written as UTF-8. */
    private static String whole(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                byte[] replaced = text.getBytes(StandardCharsets.UTF_8);
                return new String(replaced, StandardCharsets.UTF_8);
            }
        }
        return text;
    }

    private static Map<String, Object> metadata(AnswerEvent.Metadata metadata) {
        Map<String, Object> members =
                members(
                        "type",
                        "metadata",
                        "conversation_id",
                        metadata.conversationId().toString());
        if (!metadata.stored()) {
            members.put("stored", false);
        }
        if (metadata.contextTruncated()) {
            members.put("context_truncated", true);
        }
        return members;
    }

    private static Map<String, Object> failed(AnswerEvent.Failed failed) {
        Map<String, Object> members =
                members("type", "error", "code", failed.code().wire(), "message", failed.message());
        if (failed.retryAfter() != null) {
            members.put("retry_after", Errors.seconds(failed.retryAfter()));
        }
        return members;
    }

    private static Map<String, Object> done(AnswerEvent.Done done) {
        List<Object> sources = new ArrayList<>();
        done.sources().forEach(source -> sources.add(source(source)));
        Map<String, Object> members = members("type", "done", "sources", sources);
        if (!done.stored()) {
            members.put("stored", false);
        }
        return members;
    }

    private static Map<String, Object> message(StoredMessage message) {
        List<Source> cited = message.sources();
        Map<String, Object> members =
                members(
                        "id", message.id().toString(),
                        "role", message.role().name().toLowerCase(Locale.ROOT),
                        "content", message.content());
        members.put("sources", cited == null ? null : cited.stream().map(Wire::source).toList());
        members.put("created_at", MICROSECONDS.format(message.createdAt()));
        if (message.incomplete()) {
            members.put("incomplete", true);
        }
        return members;
    }

    private static byte[] blankAnd(Map<String, Object> members) {
        byte[] json = Json.bytes(members);
        byte[] data = new byte[json.length + 1];
        data[0] = ' ';
        System.arraycopy(json, 0, data, 1, json.length);
        return data;
    }

    private static Map<String, Object> members(Object... namesAndValues) {
        Map<String, Object> members = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            members.put((String) namesAndValues[i], namesAndValues[i + 1]);
        }
        return members;
    }

    private static void putIfPresent(
            Map<String, Object> members, String name, @Nullable String value) {
        if (value != null) {
            members.put(name, value);
        }
    }
}
