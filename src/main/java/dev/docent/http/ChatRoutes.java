package dev.docent.http;

import dev.docent.budget.Budgets;
import dev.docent.budget.OverBudgetException;
import dev.docent.chat.Cancellation;
import dev.docent.chat.ChatService;
import dev.docent.chat.ChatService.Tokens;
import dev.docent.chat.Conversations;
import dev.docent.chat.OpenedQuestion;
import dev.docent.chat.SearchResult;
import dev.docent.chat.StoredMessage;
import dev.docent.resume.ResumableAnswer;
import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.slf4j.MDC;

/** The routes that readers use: asking, searching, and reading a conversation again. */
final class ChatRoutes {
    /** What readers ask is kept by nobody on the way. */
    private static final Header PRIVATE =
            HeaderValues.create(HeaderNames.CACHE_CONTROL, "private, no-store");

    /** How long the refusal takes of what is too much. */
    private static final Duration REFUSED = Duration.ofMillis(500);

    private static final int DEFAULT_LIMIT = 10;
    private static final int MAX_LIMIT = 50;

    private final ChatService chat;
    private final Conversations conversations;
    private final Budgets budgets;
    private final StreamWatch watch;
    private final HttpSettings settings;

    ChatRoutes(
            ChatService chat,
            Conversations conversations,
            Budgets budgets,
            StreamWatch watch,
            HttpSettings settings) {
        this.chat = chat;
        this.conversations = conversations;
        this.budgets = budgets;
        this.watch = watch;
        this.settings = settings;
    }

    /** {@code POST /api/chat}. Bad requests are rejected before the stream begins. */
    void ask(ServerRequest request, ServerResponse response) {
        ChatRequest.Asked asked = ChatRequest.read(request, settings.bodyLimit());
        Answering answering = begin(request);
        boolean handedOver = false;
        try {
            OpenedQuestion opened = chat.open(asked.question(), answering.reader());
            if (asked.resume()) {
                ResumableAnswer answer =
                        watch.answers().begin(opened.conversationId(), chat.answerTimeout());
                handedOver = true;
                goOn(opened, answer, answering);
                follow(response, answer, 0);
            } else {
                answer(request, response, opened);
            }
        } finally {
            if (!handedOver) {
                answering.close();
            }
        }
    }

    /** {@code GET /api/chat/{id}/stream}: what a reader has missed of an answer, and the rest. */
    void stream(ServerRequest request, ServerResponse response) {
        int after = ChatRequest.after(request);
        follow(response, running(request), after);
    }

    /** {@code POST /api/chat/{id}/stop}. */
    void stop(ServerRequest request, ServerResponse response) {
        running(request).cancellation().cancel(Cancellation.Reason.STOPPED);
        response.status(Status.NO_CONTENT_204).send();
    }

    /** A place for an answer, which is given back when it is closed. */
    private interface Answering extends AutoCloseable {
        /** Who asks; empty where that is not known. */
        String reader();

        @Override
        void close();
    }

    private Answering begin(ServerRequest request) {
        try {
            return place(request);
        } catch (OverBudgetException e) {
            hold();
            throw e;
        }
    }

    /** Who asks without a pause is told no so often that others wait for the processor. */
    private static void hold() {
        try {
            Thread.sleep(REFUSED);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Answering place(ServerRequest request) {
        watch.acquire();
        boolean counted = false;
        try {
            Budgets.Answering spent = budgets.question(peer(request), forwarded(request));
            counted = true;
            return new Answering() {
                @Override
                public String reader() {
                    return spent.reader();
                }

                @Override
                public void close() {
                    spent.close();
                    watch.release();
                }
            };
        } finally {
            if (!counted) {
                watch.release();
            }
        }
    }

    /** Answers on this thread, as long as the reader is there. */
    private void answer(ServerRequest request, ServerResponse response, OpenedQuestion opened) {
        Cancellation cancellation = new Cancellation();
        try (EventStream stream =
                new EventStream(response, cancellation, settings, chat.answerTimeout())) {
            watch.add(stream);
            try {
                request.context().register(counted(chat.answer(opened, stream, cancellation)));
            } finally {
                watch.remove(stream);
            }
        }
    }

    /** Answers on a thread of its own, whether or not a reader is there. */
    private void goOn(OpenedQuestion opened, ResumableAnswer answer, Answering answering) {
        Map<String, String> context =
                Objects.requireNonNullElse(MDC.getCopyOfContextMap(), Map.of());
        Thread.ofVirtual()
                .name("answer")
                .start(() -> {
                    MDC.setContextMap(context);
                    try (answering) {
                        counted(chat.answer(opened, answer, answer.cancellation()));
                    } finally {
                        answer.end();
                    }
                });
    }

    private Tokens counted(Tokens used) {
        budgets.tokens((long) used.read() + used.written());
        return used;
    }

    private void follow(ServerResponse response, ResumableAnswer answer, int after) {
        Cancellation left = new Cancellation();
        try (EventStream stream =
                new EventStream(response, left, settings, chat.answerTimeout().multipliedBy(2))) {
            watch.add(stream);
            try {
                answer.follow(after, stream);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } finally {
                watch.remove(stream);
            }
        }
    }

    private ResumableAnswer running(ServerRequest request) {
        UUID id = ChatRequest.uuid("id", request.path().pathParameters().get("id"));
        return watch.answers()
                .find(id)
                .orElseThrow(() ->
                        HttpProblem.of(
                                Status.NOT_FOUND_404,
                                "No answer is running in this conversation here."));
    }

    /** {@code GET /api/conversation/{id}}. */
    void conversation(ServerRequest request, ServerResponse response) {
        UUID id = ChatRequest.uuid("id", request.path().pathParameters().get("id"));
        List<StoredMessage> messages =
                conversations.messages(id).orElseThrow(ChatRoutes::notStored);
        response.header(PRIVATE);
        JsonBody.send(response, Wire.conversation(id, messages));
    }

    /** {@code DELETE /api/conversation/{id}}: by whoever has its id. */
    void delete(ServerRequest request, ServerResponse response) {
        UUID id = ChatRequest.uuid("id", request.path().pathParameters().get("id"));
        if (!conversations.delete(id)) {
            throw notStored();
        }
        response.status(Status.NO_CONTENT_204).send();
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
        HttpProblem.requireAll(() -> query(request), () -> limit(request));
        String query = query(request);
        String reader = countedSearch(request);
        SearchResult result = chat.search(query, reader, limit(request));
        response.header(PRIVATE);
        JsonBody.send(response, new Wire.Found(query, result.evidence(), result.hits()));
    }

    private String countedSearch(ServerRequest request) {
        try {
            return budgets.search(peer(request), forwarded(request));
        } catch (OverBudgetException e) {
            hold();
            throw e;
        }
    }

    private static String peer(ServerRequest request) {
        return request.remotePeer().host();
    }

    private static List<String> forwarded(ServerRequest request) {
        return request.headers().all(HeaderNames.X_FORWARDED_FOR, List::of);
    }

    private static HttpProblem notStored() {
        return HttpProblem.of(Status.NOT_FOUND_404, "This conversation is not stored here.");
    }

    private static String query(ServerRequest request) {
        return ChatRequest.message("q", request.query().first("q").orElse(""));
    }

    private static int limit(ServerRequest request) {
        String text = request.query().first("limit").orElse("" + DEFAULT_LIMIT);
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
