package dev.docent.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.docent.chat.Conversations;
import dev.docent.chat.Question;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.ServerRequest;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads a question from a request, by the contract's rules. Lengths are in Unicode code points. */
final class ChatRequest {
    private static final int MESSAGE_LIMIT = 2000;
    private static final int CONTEXT_LIMIT = 8000;
    private static final int PAGE_LIMIT = 512;
    private static final int COMMENT_LIMIT = 1000;
    private static final String MESSAGE_RULE = "must have 1 to 2000 characters";

    /**
     * How much of an oversized body is still read, because the sender reads the answer only after
     * sending.
     */
    static final int DRAIN_LIMIT = 1 << 20;

    private static final Pattern UUID_FORM =
            Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

    /**
     * A character that is seen: no blank, control or format character, no mark that only changes
     * another one, no filler of Hangul, no character for private use. The description of the API
     * has the same pattern, and none of it is beyond the basic plane, where not all that read it
     * can follow.
     */
    private static final Pattern SEEN =
            Pattern.compile(
                    "[^"
                            + "\\u0000-\\u0020\\u007f-\\u00a0\\u00ad\\u0300-\\u036f\\u0483-\\u0489\\u0600-\\u0605"
                            + "\\u061c\\u06dd\\u070f\\u0890\\u0891\\u08e2"
                            + "\\u115f\\u1160\\u1680\\u180b-\\u180f\\u1ab0-\\u1aff\\u1dc0-\\u1dff"
                            + "\\u2000-\\u200f\\u2028-\\u202f\\u205f-\\u206f\\u20d0-\\u20ff\\u2800\\u3000"
                            + "\\u3164\\ue000-\\uf8ff\\ufe00-\\ufe0f\\ufe20-\\ufe2f\\ufeff\\uffa0"
                            + "\\ufff0-\\ufffb"
                            + "]");

    private static final HeaderName LAST_EVENT_ID = HeaderNames.create("Last-Event-ID");
    private static final Pattern EVENT_ID = Pattern.compile("[0-9]{1,9}");

    private ChatRequest() {}

    /**
     * A question, and how its answer is wanted.
     *
     * @param resume whether the answer can be read on where its connection breaks
     */
    record Asked(Question question, boolean resume) {}

    static Asked read(ServerRequest request, int bodyLimit) {
        requireJson(request);
        JsonNode body = object(parse(body(request, bodyLimit)));
        HttpProblem.requireAll(
                () -> message(body),
                () -> selecting(body),
                () -> text(body, "context"),
                () -> conversation(body),
                () -> page(body),
                () -> resuming(body));
        return new Asked(question(body), resuming(body));
    }

    /** The number of the last event that a reader has; 0 for none. */
    static int after(ServerRequest request) {
        String text =
                request.query()
                        .first("after")
                        .orElseGet(() -> request.headers().first(LAST_EVENT_ID).orElse("0"));
        if (!EVENT_ID.matcher(text).matches()) {
            throw HttpProblem.field("after", "must be the number of an event");
        }
        return Integer.parseInt(text);
    }

    /** What a reader thinks of an answer, given now. */
    static Conversations.Feedback feedback(ServerRequest request, int bodyLimit, Instant now) {
        requireJson(request);
        JsonNode body = object(parse(body(request, bodyLimit)));
        HttpProblem.requireAll(() -> answer(body), () -> helpful(body), () -> comment(body));
        return new Conversations.Feedback(answer(body), helpful(body), comment(body), now);
    }

    private static UUID answer(JsonNode body) {
        String answer = text(body, "message_id");
        if (answer == null) {
            throw HttpProblem.field("message_id", "must be a UUID");
        }
        return uuid("message_id", answer);
    }

    private static boolean helpful(JsonNode body) {
        JsonNode helpful = body.path("helpful");
        if (!helpful.isBoolean()) {
            throw HttpProblem.field("helpful", "must be true or false");
        }
        return helpful.booleanValue();
    }

    private static String comment(JsonNode body) {
        String comment = Objects.requireNonNullElse(text(body, "comment"), "").strip();
        requireWhole("comment", comment);
        if (comment.codePointCount(0, comment.length()) > COMMENT_LIMIT) {
            throw HttpProblem.field("comment", "must have at most 1000 characters");
        }
        return comment;
    }

    /** A UUID in the form 8-4-4-4-12, in either case. */
    static UUID uuid(String field, String text) {
        if (!UUID_FORM.matcher(text).matches()) {
            throw HttpProblem.field(field, "must be a UUID");
        }
        return UUID.fromString(text);
    }

    /** A text that a reader typed: trimmed, within the limit, of whole characters. */
    static String message(String field, String text) {
        requireWhole(field, text);
        String trimmed = text.strip();
        int length = trimmed.codePointCount(0, trimmed.length());
        if (length > MESSAGE_LIMIT || invisible(trimmed)) {
            throw HttpProblem.field(field, MESSAGE_RULE);
        }
        return trimmed;
    }

    private static boolean invisible(String text) {
        return !SEEN.matcher(text).find();
    }

    private static void requireJson(ServerRequest request) {
        String type = request.headers().first(HeaderNames.CONTENT_TYPE).orElse("");
        int parameters = type.indexOf(';');
        String media = parameters < 0 ? type : type.substring(0, parameters);
        if (!media.strip().equalsIgnoreCase("application/json")) {
            throw HttpProblem.of(
                    Status.UNSUPPORTED_MEDIA_TYPE_415,
                    "Send the question as JSON with Content-Type: application/json.");
        }
    }

    private static byte[] body(ServerRequest request, int limit) {
        long announced = request.headers().contentLength().orElse(0);
        try {
            // Not closed, since that would read the rest, which may never come.
            InputStream in = request.content().inputStream();
            byte[] body = in.readNBytes(limit + 1);
            if (body.length > limit || announced > limit) {
                in.readNBytes(DRAIN_LIMIT);
                throw HttpProblem.of(
                        Status.REQUEST_ENTITY_TOO_LARGE_413,
                        "The request is larger than " + limit / 1024 + " KiB; shorten it.");
            }
            return body;
        } catch (HttpProblem | CloseConnectionException e) {
            throw e; // the latter: nobody is there to be answered
        } catch (IOException | RuntimeException e) {
            // Helidon 4.5 throws whatever its parser of chunks stumbles over. The rest of such a
            // body
            // must not be read as the next request, so the connection is closed.
            throw HttpProblem.of(
                    Status.BAD_REQUEST_400, "The request's body broke off, or is not valid HTTP.");
        }
    }

    private static JsonNode parse(byte[] body) {
        try {
            return JsonBody.parse(body);
        } catch (JsonProcessingException e) {
            throw notJson();
        } catch (IOException e) {
            throw notJson(); // not text in the declared encoding
        }
    }

    private static HttpProblem notJson() {
        return HttpProblem.of(Status.BAD_REQUEST_400, "The request's body is not valid JSON.");
    }

    private static JsonNode object(JsonNode body) {
        if (body.isMissingNode()) {
            throw notJson();
        }
        if (!body.isObject()) {
            throw HttpProblem.of(
                    Status.UNPROCESSABLE_CONTENT_422,
                    "The request's body must be a JSON object, such as {\"message\":\"…\"}.");
        }
        return body;
    }

    private static Question question(JsonNode body) {
        String message = message(body);
        UUID conversationId = conversation(body);
        String page = page(body);
        String context = text(body, "context");
        if (!selecting(body)) {
            return new Question(message, null, false, conversationId, page);
        }
        if (context == null || invisible(context)) {
            throw HttpProblem.of(
                    Status.BAD_REQUEST_400,
                    "Selection mode answers from highlighted text; send it in the field"
                            + " \"context\".");
        }
        requireWhole("context", context);
        String selection = context.strip();
        String cut = cutAtWord(selection, CONTEXT_LIMIT);
        return new Question(message, cut, cut.length() < selection.length(), conversationId, page);
    }

    private static String message(JsonNode body) {
        String message = text(body, "message");
        if (message == null) {
            throw HttpProblem.field("message", MESSAGE_RULE);
        }
        return message("message", message);
    }

    private static @Nullable UUID conversation(JsonNode body) {
        String conversation = text(body, "conversation_id");
        return conversation == null ? null : uuid("conversation_id", conversation);
    }

    private static boolean resuming(JsonNode body) {
        JsonNode resume = body.path("resume");
        if (!resume.isMissingNode() && !resume.isNull() && !resume.isBoolean()) {
            throw HttpProblem.field("resume", "must be true or false");
        }
        return resume.asBoolean();
    }

    private static boolean selecting(JsonNode body) {
        String mode = text(body, "mode");
        return switch (mode) {
            case null -> false;
            case "general" -> false;
            case "selection" -> true;
            default -> throw HttpProblem.field("mode", "must be \"general\" or \"selection\"");
        };
    }

    private static @Nullable String page(JsonNode body) {
        String page = text(body, "page");
        if (page == null) {
            return null;
        }
        requireWhole("page", page);
        if (page.codePointCount(0, page.length()) > PAGE_LIMIT) {
            throw HttpProblem.field("page", "must have at most 512 characters");
        }
        return page;
    }

    private static @Nullable String text(JsonNode body, String field) {
        JsonNode value = body.path(field);
        if (value.isMissingNode() || value.isNull()) {
            return null;
        }
        if (!value.isTextual()) {
            throw HttpProblem.field(field, "must be a string");
        }
        return value.textValue();
    }

    private static void requireWhole(String field, String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isHighSurrogate(c)
                    && i + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(i + 1))) {
                i++;
            } else if (Character.isSurrogate(c) || c == 0) {
                throw HttpProblem.field(field, "must not hold a NUL or half a character");
            }
        }
    }

    /** The beginning of a text up to a limit, ending with a whole word where there is one. */
    private static String cutAtWord(String text, int limit) {
        if (text.codePointCount(0, text.length()) <= limit) {
            return text;
        }
        int end = text.offsetByCodePoints(0, limit);
        int space = end;
        while (space > 0 && !Character.isWhitespace(text.charAt(space))) {
            space--;
        }
        return text.substring(0, space > 0 ? space : end).stripTrailing();
    }
}
