package dev.docent.http;

import dev.docent.chat.Cancellation;
import dev.docent.chat.ChatService;
import dev.docent.chat.Conversations;
import dev.docent.chat.OpenedQuestion;
import dev.docent.chat.Question;
import dev.docent.chat.SearchResult;
import dev.docent.chat.StoredMessage;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** The routes that readers use: asking, searching, and reading a conversation again. */
final class ChatRoutes {
    private static final int DEFAULT_LIMIT = 10;
    private static final int MAX_LIMIT = 50;

    private final ChatService chat;
    private final Conversations conversations;
    private final StreamWatch watch;
    private final HttpSettings settings;

    ChatRoutes(
            ChatService chat,
            Conversations conversations,
            StreamWatch watch,
            HttpSettings settings) {
        this.chat = chat;
        this.conversations = conversations;
        this.watch = watch;
        this.settings = settings;
    }

    /** {@code POST /api/chat}. Bad requests are rejected before the stream begins. */
    void ask(ServerRequest request, ServerResponse response) {
        Question question = ChatRequest.read(request, settings.bodyLimit());
        watch.acquire();
        try {
            OpenedQuestion opened = chat.open(question);
            Cancellation cancellation = new Cancellation();
            try (EventStream stream =
                    new EventStream(response, cancellation, settings, chat.answerTimeout())) {
                watch.add(stream);
                try {
                    request.context().register(chat.answer(opened, stream, cancellation));
                } finally {
                    watch.remove(stream);
                }
            }
        } finally {
            watch.release();
        }
    }

    /** {@code GET /api/conversation/{id}}. */
    void conversation(ServerRequest request, ServerResponse response) {
        UUID id = ChatRequest.uuid("id", request.path().pathParameters().get("id"));
        List<StoredMessage> messages =
                conversations
                        .messages(id)
                        .orElseThrow(() ->
                                HttpProblem.of(
                                        Status.NOT_FOUND_404,
                                        "This conversation is not stored here."));
        JsonBody.send(response, Wire.conversation(id, messages));
    }

    /** {@code POST /api/feedback}. */
    void feedback(ServerRequest request, ServerResponse response) {
        Conversations.Feedback feedback =
                ChatRequest.feedback(request, settings.bodyLimit(), Instant.now());
        if (!conversations.rate(feedback)) {
            throw HttpProblem.of(Status.NOT_FOUND_404, "This answer is not stored here.");
        }
        response.status(Status.NO_CONTENT_204).send();
    }

    /** {@code GET /api/search}. */
    void search(ServerRequest request, ServerResponse response) {
        String query = ChatRequest.message("q", request.query().first("q").orElse(""));
        SearchResult result =
                chat.search(
                        query, limit(request.query().first("limit").orElse("" + DEFAULT_LIMIT)));
        JsonBody.send(response, new Wire.Found(query, result.evidence(), result.hits()));
    }

    private static int limit(String text) {
        try {
            int limit = Integer.parseInt(text);
            if (limit >= 1 && limit <= MAX_LIMIT) {
                return limit;
            }
        } catch (NumberFormatException e) {
            // is rejected below, like a number out of range
        }
        throw HttpProblem.field("limit", "must be a whole number from 1 to " + MAX_LIMIT);
    }
}
