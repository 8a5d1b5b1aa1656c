package dev.docent.gemini;

import static org.assertj.core.api.Assertions.assertThat;

import dev.docent.failure.Failure;
import dev.docent.failure.Failure.Nature;
import dev.docent.failure.FailureCode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each fault at each moment: what the caller gets, how often it was tried, what is left behind. */
@Execution(ExecutionMode.CONCURRENT)
class GeminiFaultsTest {
    private static final Queue<String> TABLE = new ConcurrentLinkedQueue<>();

    /** A permit for each piece that was passed on. */
    private static final Semaphore TAKEN = new Semaphore(0);

    private static final Duration SHORT = Duration.ofMillis(400);
    private static final Duration LONG = Duration.ofSeconds(20);

    record Fault(
            String name,
            Limits limits,
            Reply reply,
            String text,
            FailureCode code,
            Nature nature,
            int tries) {
        @Override
        public String toString() {
            return name;
        }
    }

    record Limits(Duration first, Duration idle, Duration whole) {}

    private static final Limits PATIENT = new Limits(LONG, LONG, LONG);
    private static final Limits FIRST = new Limits(SHORT, LONG, LONG);
    private static final Limits IDLE = new Limits(LONG, SHORT, LONG);
    private static final Limits WHOLE = new Limits(LONG, LONG, SHORT);

    static Stream<Fault> faults() {
        Reply hang = Reply.begun(Wire::hang, "Half");
        return Stream.of(
                // at the start: what HTTP says
                status(
                        "an unknown key",
                        400,
                        GoogleReplies.invalidKey(),
                        Nature.CREDENTIAL_REJECTED),
                status(
                        "an expired key",
                        400,
                        GoogleReplies.error(
                                400, "INVALID_ARGUMENT", "API key expired. Please renew it."),
                        Nature.CREDENTIAL_REJECTED),
                status(
                        "a country without free tier",
                        400,
                        GoogleReplies.error(
                                400,
                                "FAILED_PRECONDITION",
                                "User location is not supported for the API use."),
                        Nature.MISCONFIGURED),
                status(
                        "a request that is refused",
                        400,
                        GoogleReplies.error(400, "INVALID_ARGUMENT", "Penalty is not supported"),
                        Nature.REQUEST_REJECTED),
                status(
                        "another kind of credential",
                        401,
                        GoogleReplies.error(
                                401, "UNAUTHENTICATED", "Expected OAuth 2 access token"),
                        Nature.CREDENTIAL_REJECTED),
                status("a leaked key", 403, GoogleReplies.leakedKey(), Nature.CREDENTIAL_REJECTED),
                status(
                        "a suspended key",
                        403,
                        GoogleReplies.error(
                                403,
                                "PERMISSION_DENIED",
                                "Permission denied: Consumer 'api_key:"
                                        + Trial.KEY.reveal()
                                        + "' has been suspended."),
                        Nature.CREDENTIAL_REJECTED),
                status(
                        "a retired model",
                        404,
                        GoogleReplies.unknownModel("gemini-2.0-flash"),
                        Nature.MISCONFIGURED),
                status("a page of HTML with 404", 404, "<html>nope</html>", Nature.MISCONFIGURED),
                status("a redirect", 302, "", Nature.MISCONFIGURED),
                new Fault(
                        "the quota by the day",
                        PATIENT,
                        Reply.status(429, GoogleReplies.dailyQuota()),
                        "",
                        FailureCode.QUOTA_EXCEEDED,
                        Nature.EXHAUSTED,
                        1),
                new Fault(
                        "a model outside the free tier",
                        PATIENT,
                        Reply.status(
                                429,
                                GoogleReplies.quota(
                                        "GenerateRequestsPerMinutePerProjectPerModel-FreeTier",
                                        "0",
                                        "12s")),
                        "",
                        FailureCode.QUOTA_EXCEEDED,
                        Nature.MISCONFIGURED,
                        1),
                new Fault(
                        "the quota by the minute, longer than one waits",
                        PATIENT,
                        Reply.status(429, GoogleReplies.minuteQuota("41.3s")),
                        "",
                        FailureCode.QUOTA_EXCEEDED,
                        Nature.UNAVAILABLE,
                        1),
                overload(500),
                overload(502),
                overload(503),
                overload(504),
                new Fault(
                        "an answer that is not HTTP",
                        PATIENT,
                        (request, wire) -> {
                            wire.raw("220 mail.example.org ESMTP\r\n");
                            wire.close();
                        },
                        "",
                        FailureCode.MODEL_FAILED,
                        Nature.UNAVAILABLE,
                        3),
                new Fault(
                        "a head without an end",
                        PATIENT,
                        (request, wire) -> {
                            wire.raw("HTTP/1.1 200 OK\r\nX: ");
                            wire.raw("x".repeat(100_000));
                            wire.close();
                        },
                        "",
                        FailureCode.MODEL_FAILED,
                        Nature.UNAVAILABLE,
                        3),
                broken("a reset before the head", Reply.reset(), "", 3),
                broken("an end before the head", (request, wire) -> wire.close(), "", 3),
                late("silence before the head", FIRST, Reply.silence(), ""),
                late("silence after the head", FIRST, Reply.begun(Wire::hang), ""),
                late("comments alone", WHOLE, trickle(), ""),
                // at the start: what the stream says
                blocked("a blocked prompt", event(GoogleReplies.blockedPrompt("SAFETY")), ""),
                blocked(
                        "a prompt blocked for a reason that is new",
                        event(GoogleReplies.blockedPrompt("BRAND_NEW")),
                        ""),
                blocked("a blocked answer without text", Reply.finished("SAFETY"), ""),
                new Fault(
                        "an empty answer",
                        PATIENT,
                        Reply.finished("STOP"),
                        "",
                        FailureCode.MODEL_FAILED,
                        Nature.REQUEST_REJECTED,
                        3),
                new Fault(
                        "an answer of thoughts alone",
                        PATIENT,
                        Reply.finished("MAX_TOKENS"),
                        "",
                        FailureCode.MODEL_FAILED,
                        Nature.REQUEST_REJECTED,
                        1),
                broken("a stream without events", Reply.begun(Wire::endStream), "", 3),
                broken("an event that is no JSON", event("{\"candidates\":[{"), "", 3),
                broken("an event of another shape", event("{\"candidates\":42}"), "", 3),
                broken("an event that is a number", event("42"), "", 3),
                // in the middle
                late("silence in the middle", IDLE, hang, "Half"),
                late("an answer that takes too long", WHOLE, hang, "Half"),
                blocked("an answer stopped for safety", Reply.finished("SAFETY", "Half"), "Half"),
                blocked(
                        "an answer stopped as copied",
                        Reply.finished("RECITATION", "Half"),
                        "Half"),
                blocked("an answer stopped by a list", Reply.finished("BLOCKLIST", "Half"), "Half"),
                blocked(
                        "an answer stopped as forbidden",
                        Reply.finished("PROHIBITED_CONTENT", "Half"),
                        "Half"),
                blocked("an answer stopped for privacy", Reply.finished("SPII", "Half"), "Half"),
                blocked(
                        "an answer in no language it speaks",
                        Reply.finished("LANGUAGE", "Half"),
                        "Half"),
                new Fault(
                        "a finish reason that is new",
                        PATIENT,
                        Reply.finished("BRAND_NEW", "Half"),
                        "Half",
                        FailureCode.MODEL_FAILED,
                        Nature.REQUEST_REJECTED,
                        1),
                broken("an end without a finish", Reply.begun(Wire::endStream, "Half"), "Half", 1),
                broken("a connection cut in the middle", onceTaken(Wire::close), "Half", 1),
                broken("a reset in the middle", onceTaken(Wire::reset), "Half", 1),
                broken(
                        "garbage for an event in the middle",
                        Reply.begun(wire -> wire.event("}{"), "Half"),
                        "Half",
                        1),
                broken(
                        "garbage for a chunk in the middle",
                        onceTaken(wire -> wire.raw("zz\r\nwhat")),
                        "Half",
                        1),
                new Fault(
                        "an error as an event in the middle",
                        PATIENT,
                        Reply.begun(
                                wire -> wire.event(oneLine(GoogleReplies.overloaded())), "Half"),
                        "Half",
                        FailureCode.OVERLOADED,
                        Nature.UNAVAILABLE,
                        1),
                new Fault(
                        "an error as plain JSON in the middle",
                        PATIENT,
                        Reply.begun(
                                wire -> {
                                    wire.chunk(
                                            GoogleReplies.overloaded()
                                                    .getBytes(StandardCharsets.UTF_8));
                                    wire.endStream();
                                },
                                "Half"),
                        "Half",
                        FailureCode.OVERLOADED,
                        Nature.UNAVAILABLE,
                        1),
                new Fault(
                        "the quota by the day in the middle",
                        PATIENT,
                        Reply.begun(
                                wire -> wire.event(oneLine(GoogleReplies.dailyQuota())), "Half"),
                        "Half",
                        FailureCode.QUOTA_EXCEEDED,
                        Nature.EXHAUSTED,
                        1));
    }

    @ParameterizedTest
    @MethodSource("faults")
    void reachTheCallerAsWhatTheyAre(Fault fault) {
        try (FakeGemini fake = new FakeGemini()) {
            fake.generation(fault.reply);
            TAKEN.drainPermits();
            GeminiSettings settings =
                    Trial.settings(fake.baseUrl(), fault.limits.first, fault.limits.idle, Map.of());
            long begin = System.nanoTime();
            Trial trial;
            try (GeminiModel model = new GeminiModel(settings, fault.limits.whole, LONG)) {
                trial = Trial.of(model, piece -> TAKEN.release());
            }
            Duration took = Duration.ofNanos(System.nanoTime() - begin);
            Failure failure = trial.failed();
            assertThat(trial.text()).isEqualTo(fault.text);
            assertThat(failure.code()).isEqualTo(fault.code);
            assertThat(failure.nature()).isEqualTo(fault.nature);
            assertThat(fake.requests()).hasSize(fault.tries);
            assertWellSaid(failure, fake);
            Trial.eventually(() -> fake.connections() == 0);
            TABLE.add(
                    "| %s | %s | %s | %s | %d | %d ms |"
                            .formatted(
                                    fault,
                                    trial.text().isEmpty() ? "" : "`" + trial.text() + "`",
                                    failure.code().wire() + ", " + failure.nature(),
                                    failure.reader(),
                                    fault.tries,
                                    took.toMillis()));
        }
    }

    private static void assertWellSaid(Failure failure, FakeGemini fake) {
        String port = ":" + fake.baseUrl().getPort();
        assertThat(failure.reader()).endsWith(".").doesNotContain("127.0.0.1", port, "Gemini");
        assertThat(failure.owner()).endsWith(".").doesNotContain("null");
        assertThat(failure.action()).isNotBlank();
        for (String text : List.of(failure.reader(), failure.owner(), failure.action())) {
            assertThat(text).doesNotContain(Trial.KEY.reveal()).doesNotContain("\n");
        }
    }

    @AfterAll
    static void writeTheTable() throws IOException {
        Path folder = Files.createDirectories(Path.of("target", "faults"));
        Files.writeString(
                folder.resolve("gemini.md"),
                "| fault | passed on | failure | reader's sentence | tries | took |\n"
                        + "| --- | --- | --- | --- | --- | --- |\n"
                        + String.join("\n", TABLE)
                        + "\n");
    }

    private static Fault status(String name, int status, String body, Nature nature) {
        return new Fault(
                name, PATIENT, Reply.status(status, body), "", FailureCode.MODEL_FAILED, nature, 1);
    }

    private static Fault overload(int status) {
        String body = GoogleReplies.error(status, "UNAVAILABLE", "Try again later.");
        return new Fault(
                "a status " + status,
                PATIENT,
                Reply.status(status, body),
                "",
                FailureCode.OVERLOADED,
                Nature.UNAVAILABLE,
                3);
    }

    private static Fault blocked(String name, Reply reply, String text) {
        return new Fault(
                name, PATIENT, reply, text, FailureCode.BLOCKED, Nature.REQUEST_REJECTED, 1);
    }

    private static Fault broken(String name, Reply reply, String text, int tries) {
        return new Fault(
                name, PATIENT, reply, text, FailureCode.MODEL_FAILED, Nature.UNAVAILABLE, tries);
    }

    private static Fault late(String name, Limits limits, Reply reply, String text) {
        return new Fault(name, limits, reply, text, FailureCode.TIMEOUT, Nature.UNAVAILABLE, 1);
    }

    /**
     * Goes on when the first piece has reached the caller: the JDK's client may drop what came in
     * the same read as a break, and a call of which nothing was passed on is repeated.
     */
    private static Reply onceTaken(Reply.Rest rest) {
        return Reply.begun(
                wire -> {
                    TAKEN.acquireUninterruptibly();
                    rest.write(wire);
                },
                "Half");
    }

    private static Reply event(String json) {
        return Reply.begun(wire -> {
            wire.event(json);
            wire.endStream();
        });
    }

    private static Reply trickle() {
        return Reply.begun(wire -> {
            while (true) {
                wire.chunk(": keep-alive\n\n".getBytes(StandardCharsets.UTF_8));
                LockSupport.parkNanos(10_000_000);
            }
        });
    }

    private static String oneLine(String json) {
        return json.replaceAll("\\s*\n\\s*", " ");
    }
}
