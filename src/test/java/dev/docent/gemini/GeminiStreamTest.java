package dev.docent.gemini;

import static org.assertj.core.api.Assertions.assertThat;

import dev.docent.failure.FailureCode;
import dev.docent.rag.LanguageModel.Usage;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whatever bytes a relay or another model sends, a part of an answer is never taken for the whole.
 */
class GeminiStreamTest {
    private static final String HALF =
            "{\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"Half \"}]}}]}";
    private static final String REST =
            "{\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"whole.\"}]},\"finishReason\":\"STOP\"}]}";
    private static final String END = "{\"candidates\":[{\"finishReason\":\"STOP\"}]}";

    private final FakeGemini fake = new FakeGemini();
    private final GeminiModel model = Trial.model(Trial.settings(fake.baseUrl()));

    @AfterEach
    void close() {
        model.close();
        fake.close();
    }

    @Test
    void readsTwoEventsWithoutAnEmptyLineBetween() {
        assertThat(of("data: " + HALF + "\ndata: " + REST + "\n\n").text())
                .isEqualTo("Half whole.");
    }

    @Test
    void readsLinesThatEndWithACarriageReturn() {
        assertThat(of("data: " + HALF + "\r\rdata: " + REST + "\r\r").text())
                .isEqualTo("Half whole.");
    }

    @Test
    void readsTextBehindTheFinish() {
        Trial trial = of(event(REST) + event(HALF) + event(END));
        assertThat(trial.text()).isEqualTo("whole.Half ");
        assertThat(trial.failure()).isNull();
    }

    @Test
    void failsOnAnErrorBehindTheFinish() {
        Trial asEvent = of(event(REST) + event(GoogleReplies.overloaded().replace("\n", " ")));
        assertThat(asEvent.text()).isEqualTo("whole.");
        assertThat(asEvent.failed().code()).isEqualTo(FailureCode.OVERLOADED);

        Trial asJson = of(event(REST) + GoogleReplies.overloaded());
        assertThat(asJson.failed().code()).isEqualTo(FailureCode.OVERLOADED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "\"\"", "\"FINISH_REASON_UNSPECIFIED\""})
    void goesOnWhereAnEventHasNoReasonToEnd(String none) {
        String half = HALF.replace("}}]}", "},\"finishReason\" : " + none + "}]}");
        assertThat(of(event(half) + event(REST)).text()).isEqualTo("Half whole.");
    }

    @Test
    void endsWhereARelaySaysDone() {
        Trial whole = of(event(HALF) + event(REST) + event("[DONE]"));
        assertThat(whole.text()).isEqualTo("Half whole.");
        assertThat(whole.failure()).isNull();

        assertThat(of(event(HALF) + event("[DONE]")).failed().owner())
                .isEqualTo("Gemini's answer ended without a finish reason.");
    }

    @Test
    void takesAStreamForOneWhateverStandsOutsideOfItsEvents() {
        assertThat(of(event(HALF) + "garbage\n").failed().reader())
                .isEqualTo("The language model broke off its answer.");
    }

    @Test
    void readsJsonWithBlanksInIt() {
        String spaced = REST.replace(":", " : ").replace(",", " , ");
        assertThat(of(event(HALF) + event(spaced)).text()).isEqualTo("Half whole.");
    }

    @Test
    void readsAnAnswerThatLostItsStreamOnTheWay() {
        Trial array = json("[" + HALF + ",\r\n" + REST + "]");
        assertThat(array.text()).isEqualTo("Half whole.");
        assertThat(array.failure()).isNull();
        assertThat(json(REST).text()).isEqualTo("whole.");
        assertThat(fake.requests()).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource({
        "text/html, <html>Sign in</html>",
        "application/json, {\"ok\":true}",
        "text/plain, hello"
    })
    void saysAtOnceWhatIsNoStream(String type, String body) {
        fake.next((request, wire) ->
                wire.raw(
                        "HTTP/1.1 200 OK\r\nContent-Type: %s\r\nContent-Length: %d\r\n\r\n%s"
                                .formatted(type, body.length(), body)));
        assertThat(Trial.of(model).failed().action()).contains("GEMINI_BASE_URL");
        assertThat(fake.requests()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\\n", "   ", "\\u00a0", "\\u200b\\u2003", "\\u00ad"})
    void countsWhatNobodySeesAsNoAnswer(String text) {
        String blank = REST.replace("whole.", text);
        Reply reply = stream(event(blank));
        fake.next(reply);
        fake.next(reply);
        fake.next(reply);
        Trial trial = Trial.of(model);
        assertThat(trial.text()).isEmpty();
        assertThat(trial.failed().owner()).isEqualTo("Gemini's answer was empty.");
        assertThat(fake.requests()).hasSize(3);
    }

    @Test
    void keepsTheBlanksBeforeWhatIsSeen() {
        String blank = HALF.replace("Half ", "\\n");
        assertThat(of(event(blank) + event(REST)).text()).isEqualTo("\nwhole.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"STOP", "OTHER", "MALFORMED_FUNCTION_CALL"})
    void asksAgainAfterAnAnswerWithoutText(String reason) {
        fake.next(stream(event(END.replace("STOP", reason))));
        assertThat(Trial.of(model).text()).isEqualTo("Hello world.");
        assertThat(fake.requests()).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(ints = {408, 499, 524, 529})
    void asksAgainAfterAStatusThatMeansLate(int status) {
        fake.next(Reply.status(status, GoogleReplies.error(status, "CANCELLED", "Cancelled.")));
        assertThat(Trial.of(model).text()).isEqualTo("Hello world.");
    }

    @Test
    void showsTheTextThatCameWithAnUnknownReason() {
        Trial trial = of(event(REST.replace("STOP", "BRAND_NEW")));
        assertThat(trial.text()).isEqualTo("whole.");
        assertThat(trial.failed().reader()).isEqualTo("The language model broke off its answer.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"promptFeedback\":{\"blockReason\":\"SAFETY\"}}",
                "{\"promptFeedback\":{\"safetyRatings\":[{\"blocked\":true}]}}",
                "{\"candidates\":[{\"finishReason\":\"MODEL_ARMOR\"}]}"
            })
    void knowsABlockInAllItsShapes(String event) {
        assertThat(of(event(event)).failed().code()).isEqualTo(FailureCode.BLOCKED);
        assertThat(fake.requests()).hasSize(1);
    }

    @Test
    void countsTokensThatComeAlone() {
        String usage =
                "{\"usageMetadata\":{\"promptTokenCount\":7,\"candidatesTokenCount\":3,\"thoughtsTokenCount\":2}}";
        assertThat(of(event(HALF) + event(REST) + event(usage)).usage()).isEqualTo(new Usage(7, 5));
    }

    @Test
    void countsTheTokensOfAnAnswerThatBreaksOff() {
        String usage = "{\"usageMetadata\":{\"promptTokenCount\":7,\"candidatesTokenCount\":3}}";
        Trial trial = of(event(HALF) + event(usage));
        assertThat(trial.failed().owner())
                .isEqualTo("Gemini's answer ended without a finish reason.");
        assertThat(trial.usage()).isEqualTo(new Usage(7, 3));
    }

    @ParameterizedTest
    @CsvSource({
        "gemini-3.8-flash, auto, LOW",
        "gemini-4-flash, auto, LOW",
        "gemini-flash-latest, auto, LOW",
        "gemini-pro-latest, auto, LOW",
        "gemini-3.5-flash-lite, auto, ",
        "gemini-flash-lite-latest, auto, ",
        "gemini-2.5-pro, auto, ",
        "gemini-3.8-flash, model, ",
        "gemini-3.8-flash, high, HIGH",
        "gemini-3.5-flash-lite, minimal, MINIMAL"
    })
    void thinksAsTheModelAndTheOwnerSay(String name, String setting, String level) {
        Map<String, String> variables =
                Map.of(
                        "GEMINI_MODEL", name,
                        "DOCENT_GEMINI_THINKING", setting,
                        "DOCENT_GEMINI_MAX_OUTPUT_TOKENS", "1234");
        try (GeminiModel other = Trial.model(Trial.settings(fake.baseUrl(), variables))) {
            Trial.of(other);
        }
        String sent = fake.requests().getFirst().body();
        assertThat(sent).contains("\"maxOutputTokens\" : 1234");
        if (level == null) {
            assertThat(sent).doesNotContain("thinkingLevel");
        } else {
            assertThat(sent).containsIgnoringCase("\"thinkingLevel\" : \"" + level + "\"");
        }
    }

    private Trial of(String bytes) {
        fake.generation(stream(bytes));
        return Trial.of(model);
    }

    private Trial json(String body) {
        fake.next(Reply.status(200, body));
        return Trial.of(model);
    }

    private static String event(String json) {
        return "data: " + json + "\n\n";
    }

    private static Reply stream(String bytes) {
        return Reply.begun(wire -> {
            wire.chunk(bytes.getBytes(StandardCharsets.UTF_8));
            wire.endStream();
        });
    }
}
