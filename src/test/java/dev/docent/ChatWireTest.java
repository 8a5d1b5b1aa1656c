package dev.docent;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.docent.database.DatabaseConversations;
import dev.docent.http.WidgetClient;
import dev.docent.http.WidgetClient.Answer;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The contract's stream as a deployed widget meets it, on the real service in demo mode. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ChatWireTest {
    private static final String THRESHOLD = "What is the default threshold in metres?";

    private DemoService service;
    private WidgetClient client;

    @BeforeAll
    void start(@TempDir Path data) {
        service = DemoService.start(data);
        client = service.client();
    }

    @AfterAll
    void stop() {
        service.close();
    }

    @Test
    void everyLineIsAnEventACommentOrEmpty() {
        Answer answer = client.ask(THRESHOLD);

        assertThat(answer.raw().split("\n", -1))
                .allMatch(line ->
                        line.isEmpty() || line.startsWith("data: {") || line.startsWith(":"));
        assertThat(Pattern.compile("\n\n").splitAsStream(answer.raw()))
                .allMatch(block -> !block.contains("\n"));
    }

    @Test
    void metadataComesFirstThenTokensThenDone() {
        Answer answer = client.ask(THRESHOLD);

        assertThat(answer.types()).containsExactly("metadata", "token", "done");
        assertThat(answer.raw()).startsWith("data: {\"type\":\"metadata\",\"conversation_id\":\"");
        assertThat(answer.events().getFirst().size()).isEqualTo(2);
    }

    @Test
    void answersWithASourceThatCanBeChecked() {
        Answer answer = client.ask(THRESHOLD);

        assertThat(answer.text()).contains("The default is 4.2 metres.").contains("[Source 1]");
        JsonNode source = answer.sources().get(0);
        assertThat(source.path("file").asText()).isEqualTo("docs/guides/alarms.mdx");
        assertThat(source.path("heading").asText()).isEqualTo("Setting the threshold");
        assertThat(source.path("url").asText())
                .isEqualTo("/docs/guides/alarms#setting-the-threshold");
        assertThat(source.path("quote").asText()).contains("4.2 metres");
        assertThat(source.path("number").asInt()).isEqualTo(1);
        assertThat(source.path("similarity").asDouble()).isBetween(0.2, 1.0);
    }

    @Test
    void keepsHeadersThatLetTheStreamPassAProxy() {
        HttpResponse<String> response = client.ask(THRESHOLD).response();

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().allValues("Content-Type"))
                .containsExactly("text/event-stream");
        assertThat(response.headers().allValues("Cache-Control"))
                .containsExactly("no-cache, no-transform");
        assertThat(response.headers().allValues("X-Accel-Buffering")).containsExactly("no");
        assertThat(response.headers().firstValue("Content-Encoding")).isEmpty();
    }

    @Test
    void refusesInOneSentenceWhatTheDocumentationDoesNotAnswer() {
        Answer answer = client.ask("Who won the football world cup in 1998?");

        assertThat(answer.text()).startsWith("I found nothing").endsWith(".");
        assertThat(answer.sources()).isEmpty();
        try (DatabaseConversations stored = Adapters.conversations(service.settings())) {
            assertThat(
                            ServiceDownTest.await(() ->
                                    stored.unanswered(10).stream()
                                            .anyMatch(unanswered ->
                                                    unanswered
                                                            .question()
                                                            .equals(
                                                                    "Who won the football world cup"
                                                                            + " in 1998?"))))
                    .isTrue();
        }
    }

    @Test
    void asksBackWhereAQuestionNamesNothing() {
        Answer answer = client.ask("It does not work, what now?");

        assertThat(answer.text()).startsWith("What would you like to know about?").contains("](/");
        assertThat(answer.sources()).isEmpty();
        assertThat(answer.events().getLast().path("asked_back").asBoolean()).isTrue();
        assertThat(client.ask(THRESHOLD).events().getLast().has("asked_back")).isFalse();
    }

    @Test
    void keepsTheConversationAndAnswersAFollowUp() {
        UUID conversation = client.ask(THRESHOLD).conversation();
        Answer second =
                client.ask(
                        Map.of(
                                "message",
                                "And how do I silence it?",
                                "conversation_id",
                                conversation.toString()));

        assertThat(second.conversation()).isEqualTo(conversation);
        assertThat(second.text()).contains("green button");
        JsonNode stored = client.json(client.get("/api/conversation/" + conversation));
        assertThat(stored.path("conversation_id").asText()).isEqualTo(conversation.toString());
        JsonNode messages = stored.path("messages");
        assertThat(messages).hasSize(4);
        assertThat(messages.findValuesAsText("role"))
                .containsExactly("user", "assistant", "user", "assistant");
        assertThat(messages.get(0).path("content").asText()).isEqualTo(THRESHOLD);
        assertThat(messages.get(0).path("sources").isNull()).isTrue();
        assertThat(messages.get(3).path("content").asText()).isEqualTo(second.text());
        assertThat(messages.get(3).path("sources")).isEqualTo(second.sources());
        assertThat(messages.get(3).path("created_at").asText())
                .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{6}Z");
    }

    @Test
    void selectionModeAnswersFromTheSelectionAlone() {
        Answer answer =
                client.ask(
                        Map.of(
                                "message", "How long is the warranty?",
                                "mode", "selection",
                                "context", "The warranty lasts 14 years. The colour is blue."));

        assertThat(answer.text()).contains("The warranty lasts 14 years.");
        assertThat(answer.sources()).isEmpty();
        assertThat(answer.events().getFirst().has("context_truncated")).isFalse();
    }

    @Test
    void cutsALongSelectionAtAWordAndSaysSo() {
        Answer answer =
                client.ask(
                        Map.of(
                                "message", "What is said here?",
                                "mode", "selection",
                                "context", "Boats are moored. ".repeat(1000)));

        assertThat(answer.events().getFirst().path("context_truncated").asBoolean()).isTrue();
    }

    @Test
    void searchShowsTheVeryPassagesThatAnswersRestOn() {
        HttpResponse<String> response =
                client.get("/api/search?q=default%20alarm%20threshold&limit=2");
        JsonNode result = client.json(response);

        assertThat(response.body().replaceAll("ity\":0\\.\\d{1,4},", "ity\":0.5,"))
                .isEqualTo(
                        """
                        {"query":"default alarm threshold","evidence":true,"hits":[\
                        {"file":"docs/guides/alarms.mdx","heading":"Setting the threshold",\
                        "similarity":0.5,"number":1,"title":"Alarms",\
                        "url":"/docs/guides/alarms#setting-the-threshold",\
                        "quote":"The threshold is set in metres above chart datum with\
                         alarm.threshold."},\
                        {"file":"docs/guides/alarms.mdx","heading":"Alarms",\
                        "similarity":0.5,"number":2,"title":"Alarms",\
                        "url":"/docs/guides/alarms",\
                        "quote":"An alarm is raised when the level stays above the threshold\
                         for two minutes."}]}\
                        """);
        assertThat(result.path("query").asText()).isEqualTo("default alarm threshold");
        assertThat(result.path("evidence").asBoolean()).isTrue();
        assertThat(result.path("hits")).hasSize(2);
        assertThat(result.path("hits").get(0).path("heading").asText())
                .isEqualTo("Setting the threshold");
        assertThat(result.path("hits").findValuesAsText("number")).isEqualTo(List.of("1", "2"));
    }

    @Test
    void takesTheClientsRequestIdOrMakesOne() {
        assertThat(
                        client.get("/api/health/live", Map.of("X-Request-Id", "abc-1.2_3"))
                                .headers()
                                .allValues("X-Request-Id"))
                .containsExactly("abc-1.2_3");
        assertThat(
                        client.get("/api/health/live", Map.of("X-Request-Id", "a b"))
                                .headers()
                                .firstValue("X-Request-Id"))
                .hasValueSatisfying(id -> assertThat(id).matches("[0-9a-f-]{36}"));
    }
}
