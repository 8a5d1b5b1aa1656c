package dev.docent.gemini;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.docent.config.Secret;
import dev.docent.failure.DependencyException;
import dev.docent.failure.Failure;
import dev.docent.failure.Failure.Nature;
import dev.docent.rag.LanguageModel.Output;
import dev.docent.rag.LanguageModel.Usage;
import dev.docent.rag.ModelRequest;
import dev.docent.rag.Turn;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class GeminiModelTest {
    private final FakeGemini fake = new FakeGemini();
    private final GeminiModel model = Trial.model(Trial.settings(fake.baseUrl()));

    @AfterEach
    void close() {
        model.close();
        fake.close();
    }

    @Test
    void passesEachPieceOnAsItComes() {
        fake.generation(Reply.answer("One", " two", " three."));
        List<String> pieces = new ArrayList<>();
        Trial trial = Trial.of(model, pieces::add);
        assertThat(pieces).containsExactly("One", " two", " three.");
        assertThat(trial.usage()).isEqualTo(new Usage(812, 58));
    }

    @Test
    void givesThePieceToTheCallingThreadBeforeTheNextOneIsSent() {
        CountDownLatch seen = new CountDownLatch(1);
        fake.generation(
                Reply.begun(
                        wire -> {
                            await(seen);
                            wire.event(GoogleReplies.finish(" last", "STOP"));
                            wire.endStream();
                        },
                        "first"));
        Trial.guarded(() -> {
            Thread caller = Thread.currentThread();
            model.answer(
                    Trial.question(),
                    piece -> {
                        assertThat(Thread.currentThread()).isSameAs(caller);
                        seen.countDown();
                    });
        });
    }

    @Test
    void flushesBeforeItWaitsButNotBetweenPiecesThatCameTogether() {
        CountDownLatch flushed = new CountDownLatch(1);
        fake.generation(
                Reply.begun(wire -> {
                    wire.bytes(
                            Wire.framed(event(GoogleReplies.piece("one"))),
                            Wire.framed(event(GoogleReplies.piece(" two"))));
                    await(flushed);
                    wire.event(GoogleReplies.finish(" three", "STOP"));
                    wire.endStream();
                }));
        StringBuilder seen = new StringBuilder();
        Output sink =
                new Output() {
                    @Override
                    public void accept(String piece) {
                        seen.append(piece);
                    }

                    @Override
                    public void flush() {
                        seen.append('|');
                        if (seen.indexOf("two") > 0) {
                            flushed.countDown();
                        }
                    }
                };
        Trial.guarded(() -> model.answer(Trial.question(), sink));
        assertThat(seen.toString()).matches("\\|*one two\\|+ three\\|*");
    }

    @Test
    void endsTheCallWhenTheSinkCannotFlush() {
        fake.generation(Reply.begun(Wire::hang, "one"));
        IllegalStateException broken = new IllegalStateException("nobody there");
        Output sink =
                new Output() {
                    private boolean taken;

                    @Override
                    public void accept(String piece) {
                        taken = true;
                    }

                    @Override
                    public void flush() {
                        if (taken) {
                            throw broken;
                        }
                    }
                };
        assertThatThrownBy(() -> Trial.guarded(() -> model.answer(Trial.question(), sink)))
                .isSameAs(broken);
        Trial.eventually(() -> fake.connections() == 0);
    }

    @Test
    void sendsThePromptTheHistoryAndTheKeyInItsHeader() throws Exception {
        ModelRequest request =
                new ModelRequest(
                        "And in YAML?",
                        "How do I allow an origin in YAML?",
                        List.of(new Turn("How do I allow an origin?", "With a variable.")),
                        List.of(Trial.PASSAGE),
                        null);
        Trial.guarded(() -> model.answer(request, text -> {}));
        FakeGemini.Request sent = fake.requests().getFirst();
        assertThat(sent.path())
                .isEqualTo("/v1beta/models/gemini-3.8-flash:streamGenerateContent?alt=sse");
        assertThat(sent.key()).isEqualTo(Trial.KEY.reveal());
        JsonNode body = new ObjectMapper().readTree(sent.body());
        assertThat(body.at("/systemInstruction/parts/0/text").asText()).isNotBlank();
        assertThat(body.path("contents").findValuesAsText("role"))
                .containsExactly("user", "model", "user");
        assertThat(body.at("/contents/2/parts/0/text").asText())
                .contains("ALLOWED_ORIGINS takes a list of origins.", "And in YAML?");
        assertThat(body.at("/generationConfig/maxOutputTokens").asInt()).isEqualTo(8192);
        assertThat(body.at("/generationConfig/thinkingConfig/thinkingLevel").asText())
                .isEqualToIgnoringCase("low");
    }

    @Test
    void pointsToTheAddressWhereNoApiAnswers() {
        fake.next(Reply.status(404, "<html>Not Found</html>"));
        Failure failure = Trial.of(model).failed();
        assertThat(failure.owner())
                .endsWith(" answered 404, and not as Google does. It says: Not Found.");
        assertThat(failure.action())
                .contains("GEMINI_BASE_URL")
                .endsWith("https://generativelanguage.googleapis.com/v1beta");
    }

    @Test
    void dropsThoughts() {
        fake.next(
                Reply.begun(wire -> {
                    wire.event(GoogleReplies.thought("Let me think."));
                    wire.event(GoogleReplies.finish("The answer.", "STOP"));
                    wire.endStream();
                }));
        assertThat(Trial.of(model).text()).isEqualTo("The answer.");
    }

    @Test
    void joinsPiecesOfOneEventWithoutAnEmptyLineBetween() {
        String event =
                """
                {"candidates":[{"content":{"parts":[{"text":"auto"},{"text":"mobile"},\
                {"text":"hm","thought":true}],"role":"model"},"finishReason":"STOP"}]}\
                """;
        fake.next(
                Reply.begun(wire -> {
                    wire.event(event);
                    wire.endStream();
                }));
        assertThat(Trial.of(model).text()).isEqualTo("automobile");
    }

    @Test
    void survivesEverySplitOfACharacterAndOfALine() {
        byte[] stream =
                ("data: "
                                + GoogleReplies.piece("Grüße 🙂 ")
                                + "\r\n\r\n: keep-alive\n\ndata:"
                                + GoogleReplies.finish("اردو", "STOP")
                                + "\n\n")
                        .getBytes(StandardCharsets.UTF_8);
        for (int at = 0; at < stream.length - 1; at++) {
            int split = at + 1;
            fake.next(
                    Reply.begun(wire -> {
                        wire.chunk(Arrays.copyOfRange(stream, 0, split));
                        wire.chunk(Arrays.copyOfRange(stream, split, stream.length));
                        wire.endStream();
                    }));
            assertThat(Trial.of(model).text()).isEqualTo("Grüße 🙂 اردو");
        }
    }

    @Test
    void takesATokenOfAMegabyte() {
        String huge = "x".repeat(1 << 20);
        fake.generation(Reply.answer(huge));
        assertThat(Trial.of(model).text()).isEqualTo(huge);
    }

    @Test
    void boundsAnAnswerThatNeverEnds() {
        String piece = "y".repeat(100_000);
        fake.generation(
                Reply.begun(wire -> {
                    while (true) {
                        wire.event(GoogleReplies.piece(piece));
                    }
                }));
        Trial trial = Trial.of(model);
        assertThat(trial.failed().nature()).isEqualTo(Nature.REQUEST_REJECTED);
        assertThat(trial.text()).hasSizeBetween(7_000_000, 8_400_000);
        Trial.eventually(() -> fake.connections() == 0);
    }

    @Test
    void marksAnAnswerThatReachedItsLimit() {
        fake.generation(Reply.finished("MAX_TOKENS", "It begins well"));
        Trial trial = Trial.of(model);
        assertThat(trial.text()).isEqualTo("It begins well …");
        assertThat(trial.usage()).isEqualTo(new Usage(812, 58, true));
    }

    @Test
    void countsAnAnswerAsWholeWhenOnlyTheEndOfTheConnectionIsMissing() {
        fake.generation(
                Reply.begun(
                        wire -> {
                            wire.event(GoogleReplies.finish(" All.", "STOP"));
                            wire.reset();
                        },
                        "That is it."));
        assertThat(Trial.of(model).failure()).isNull();
    }

    @Test
    void usesAConnectionAgainAndANewOneWhereItWasClosedMeanwhile() {
        Trial.of(model);
        Trial.of(model);
        assertThat(fake.accepted()).isOne();
        fake.next(
                Reply.begun(wire -> {
                    wire.event(GoogleReplies.finish("bye", "STOP"));
                    wire.endStream();
                    wire.close();
                }));
        assertThat(Trial.of(model).text()).isEqualTo("bye");
        assertThat(Trial.of(model).text()).isEqualTo("Hello world.");
        assertThat(fake.requests()).hasSize(4);
    }

    @Test
    void cancelsOnAnInterruptInMidStream() throws Exception {
        fake.generation(Reply.begun(Wire::hang, "Hello"));
        assertCancels(Thread.ofVirtual(), "Hello");
        assertCancels(Thread.ofPlatform(), "Hello");
    }

    @Test
    void cancelsOnAnInterruptBeforeTheFirstByte() throws Exception {
        fake.generation(Reply.silence());
        assertCancels(Thread.ofVirtual(), "");
        assertCancels(Thread.ofPlatform(), "");
    }

    private void assertCancels(Thread.Builder threads, String before) throws Exception {
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        AtomicReference<Boolean> flag = new AtomicReference<>();
        AtomicReference<String> text = new AtomicReference<>("");
        int asked = fake.requests().size();
        Thread caller =
                threads.start(() -> {
                    try {
                        model.answer(
                                Trial.question(), piece -> text.updateAndGet(all -> all + piece));
                    } catch (RuntimeException e) {
                        thrown.set(e);
                    }
                    flag.set(Thread.currentThread().isInterrupted());
                });
        Trial.eventually(() -> fake.requests().size() > asked && text.get().equals(before));
        caller.interrupt();
        assertThat(caller.join(Duration.ofSeconds(30))).isTrue();
        assertThat(thrown.get()).isInstanceOf(CancellationException.class);
        assertThat(flag.get()).isTrue();
        Trial.eventually(() -> fake.connections() == 0);
    }

    @Test
    void letsWhatTheSinkThrowsOutAndClosesTheConnection() {
        fake.generation(Reply.begun(Wire::hang, "Hello", " world"));
        IllegalStateException gone = new IllegalStateException("the reader left");
        AtomicInteger calls = new AtomicInteger();
        assertThatThrownBy(() ->
                        Trial.guarded(() ->
                                model.answer(
                                        Trial.question(),
                                        piece -> {
                                            calls.incrementAndGet();
                                            throw gone;
                                        })))
                .isSameAs(gone);
        assertThat(calls).hasValue(1);
        Trial.eventually(() -> fake.connections() == 0);
    }

    @Test
    void asksForTheModelWithoutSpendingTokens() {
        model.check();
        FakeGemini.Request request = fake.requests().getFirst();
        assertThat(request.method()).isEqualTo("GET");
        assertThat(request.path()).isEqualTo("/v1beta/models/gemini-3.8-flash");
        assertThat(request.key()).isEqualTo(Trial.KEY.reveal());
    }

    @Test
    void namesTheSuccessorOfARetiredModel() {
        try (GeminiModel retired = named("gemini-2.0-flash-exp")) {
            assertThatThrownBy(retired::check)
                    .isInstanceOfSatisfying(
                            DependencyException.class,
                            e -> {
                                assertThat(e.failure().nature()).isEqualTo(Nature.MISCONFIGURED);
                                assertThat(e.failure().owner())
                                        .isEqualTo(
                                                "Gemini has no model gemini-2.0-flash-exp any more."
                                                        + " Google says: models/gemini-2.0-flash-exp"
                                                        + " is not found for API version v1beta, or"
                                                        + " is not supported for generateContent."
                                                        + " Call ListModels to see the list of"
                                                        + " available models.");
                                assertThat(e.failure().action())
                                        .isEqualTo("Set GEMINI_MODEL to gemini-3.8-flash");
                            });
        }
    }

    @Test
    void saysWhenTheModelIsNoneForAnswers() {
        try (GeminiModel embedding = named("gemini-embedding-001")) {
            assertThatThrownBy(embedding::check)
                    .hasMessage(
                            "gemini-embedding-001 is no model for answers, but GEMINI_MODEL names"
                                    + " it.");
        }
    }

    @Test
    void neverSendsAKeyThatNoHeaderCanHold() {
        for (String key : List.of("", "a b", "a\r\nHost: evil", "schlüssel", "tab\there")) {
            try (GeminiModel broken = keyed(key)) {
                assertThat(Trial.of(broken).failed().nature())
                        .isEqualTo(Nature.CREDENTIAL_REJECTED);
                assertThatThrownBy(broken::check)
                        .isInstanceOf(DependencyException.class)
                        .hasMessage(
                                "GEMINI_API_KEY is empty or holds a character that no key has.");
            }
        }
        assertThat(fake.requests()).isEmpty();
    }

    @Test
    void rewritesAFollowUp() {
        fake.generation(Reply.answer("\"How do I allow", " an origin in YAML?\"\n"));
        List<Turn> history = List.of(new Turn("How do I allow an origin?", "Like this."));
        assertThat(Trial.guarded(() -> model.standalone(history, "And in YAML?")))
                .isEqualTo("How do I allow an origin in YAML?");
    }

    @Test
    void asksNoModelAboutAQuestionThatStandsAlone() {
        List<Turn> history = List.of(new Turn("How do I allow an origin?", "Like this."));
        String question = "How do I write the database address in YAML?";
        assertThat(Trial.guarded(() -> model.standalone(history, question))).isEqualTo(question);
        assertThat(fake.requests()).isEmpty();
    }

    @Test
    void rewritesAFollowUpByItselfWhenGeminiCannot() {
        fake.generation(Reply.status(429, GoogleReplies.dailyQuota()));
        List<Turn> history = List.of(new Turn("How do I allow an origin?", "Like this."));
        assertThat(Trial.guarded(() -> model.standalone(history, "And in YAML?")))
                .startsWith("And in YAML?")
                .contains("origin");
    }

    private GeminiModel named(String name) {
        return Trial.model(Trial.settings(fake.baseUrl(), Map.of("GEMINI_MODEL", name)));
    }

    private GeminiModel keyed(String key) {
        GeminiSettings base = Trial.settings(fake.baseUrl());
        return Trial.model(
                new GeminiSettings(
                        Secret.of(key),
                        base.model(),
                        base.embeddingModel(),
                        base.dimension(),
                        base.baseUrl(),
                        base.thinking(),
                        base.maxOutputTokens(),
                        base.timeouts(),
                        base.textsPerMinute(),
                        base.textsPerDay(),
                        base.advice()));
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static byte[] event(String json) {
        return ("data: " + json + "\r\n\r\n").getBytes(StandardCharsets.UTF_8);
    }
}
