package dev.docent.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.docent.chat.AnswerEvent;
import dev.docent.chat.Source;
import dev.docent.chat.StoredMessage;
import dev.docent.failure.FailureCode;
import dev.docent.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Events and messages byte for byte, members in their order. */
class WireTest {
    private static final UUID ID = UUID.fromString("0190a0b0-0000-7000-8000-00000000000a");
    private static final Source FULL =
            new Source(
                    "docs/a.md", "A > B", 0.83, 1, "The \"A\"", "/docs/a#b", "It is 4.2 m – so.");
    private static final Source BARE = new Source("docs/b.md", "B", 0, 2, "B", null, null);
    private static final String SOURCES =
            "[{\"file\":\"docs/a.md\",\"heading\":\"A > B\",\"similarity\":0.83,\"number\":1,"
                    + "\"title\":\"The \\\"A\\\"\",\"url\":\"/docs/a#b\","
                    + "\"quote\":\"It is 4.2 m – so.\"},"
                    + "{\"file\":\"docs/b.md\",\"heading\":\"B\",\"similarity\":0.0,\"number\":2,"
                    + "\"title\":\"B\"}]";

    /** The rules for a message in the description of the API, all of which must hold. */
    private static final List<Pattern> DESCRIBED = described();

    @Test
    void saysInTheFirstEventOnlyWhatIsNotAsUsual() {
        assertThat(data(new AnswerEvent.Metadata(ID, true, false)))
                .isEqualTo(" {\"type\":\"metadata\",\"conversation_id\":\"" + ID + "\"}");
        assertThat(data(new AnswerEvent.Metadata(ID, false, true)))
                .isEqualTo(
                        " {\"type\":\"metadata\",\"conversation_id\":\""
                                + ID
                                + "\",\"stored\":false,\"context_truncated\":true}");
    }

    @Test
    void writesTokensAsJacksonWould() {
        assertThat(data(new AnswerEvent.Token("a \"b\"\n\u0000\ud83d\ude00/")))
                .isEqualTo(
                        " {\"type\":\"token\",\"content\":\"a \\\"b\\\"\\n\\u0000\ud83d\ude00/\"}");
        assertThat(data(new AnswerEvent.Token("half \ud83d.")))
                .isEqualTo(" {\"type\":\"token\",\"content\":\"half ?.\"}");
    }

    @Test
    void roundsTheTimeToComeBackUpToSeconds() {
        assertThat(data(new AnswerEvent.Failed(FailureCode.QUOTA_EXCEEDED, "Later.", null)))
                .isEqualTo(
                        " {\"type\":\"error\",\"code\":\"quota_exceeded\",\"message\":\"Later.\"}");
        assertThat(
                        data(
                                new AnswerEvent.Failed(
                                        FailureCode.TIMEOUT, "Later.", Duration.ofMillis(2001))))
                .isEqualTo(
                        " {\"type\":\"error\",\"code\":\"timeout\",\"message\":\"Later.\","
                                + "\"retry_after\":3}");
    }

    @Test
    void namesTheSourcesInTheLastEvent() {
        assertThat(data(new AnswerEvent.Done(List.of(FULL, BARE), true)))
                .isEqualTo(" {\"type\":\"done\",\"sources\":" + SOURCES + "}");
        assertThat(data(new AnswerEvent.Done(List.of(), false)))
                .isEqualTo(" {\"type\":\"done\",\"sources\":[],\"stored\":false}");
        assertThat(data(new AnswerEvent.Done(List.of(), true, true, false)))
                .isEqualTo(" {\"type\":\"done\",\"sources\":[],\"asked_back\":true}");
        assertThat(data(new AnswerEvent.Done(List.of(), true, false, true)))
                .isEqualTo(" {\"type\":\"done\",\"sources\":[],\"truncated\":true}");
    }

    @Test
    void givesAConversationBack() {
        Instant at = Instant.parse("2026-11-22T18:00:00.25Z");
        assertThat(
                        new String(
                                Json.bytes(
                                        Wire.conversation(
                                                ID,
                                                List.of(
                                                        message(
                                                                StoredMessage.Role.USER,
                                                                null,
                                                                at,
                                                                false),
                                                        message(
                                                                StoredMessage.Role.ASSISTANT,
                                                                List.of(FULL, BARE),
                                                                at,
                                                                true)))),
                                UTF_8))
                .isEqualTo(
                        "{\"conversation_id\":\""
                                + ID
                                + "\",\"messages\":[{\"id\":\""
                                + ID
                                + "\",\"role\":\"user\",\"content\":\"Text\",\"sources\":null,"
                                + "\"created_at\":\"2026-11-22T18:00:00.250000Z\"},{\"id\":\""
                                + ID
                                + "\",\"role\":\"assistant\",\"content\":\"Text\",\"sources\":"
                                + SOURCES
                                + ",\"created_at\":\"2026-11-22T18:00:00.250000Z\","
                                + "\"incomplete\":true}]}");
    }

    private static StoredMessage message(
            StoredMessage.Role role,
            @Nullable List<Source> sources,
            Instant at,
            boolean incomplete) {
        return new StoredMessage(ID, role, "Text", sources, at, incomplete);
    }

    private static String data(AnswerEvent event) {
        return new String(Wire.data(event), UTF_8);
    }

    /** So that a generator of requests from the description is never refused. */
    @Test
    void theDescriptionKnowsWhichCharactersShowNothing() {
        assertThat(
                        IntStream.rangeClosed(0, Character.MAX_VALUE)
                                .filter(c -> !Character.isSurrogate((char) c))
                                .mapToObj(Character::toString))
                .allMatch(WireTest::alike);
    }

    /** Blanks around a message do not count, and those within it do. */
    @Test
    void theDescriptionCountsAsTheServiceDoes() {
        List<String> blanks =
                IntStream.rangeClosed(0, Character.MAX_VALUE)
                        .filter(Character::isWhitespace)
                        .mapToObj(Character::toString)
                        .toList();
        assertThat(blanks).hasSizeGreaterThan(20);
        assertThat(Stream.concat(blanks.stream(), Stream.of("\u00a0", "\u2007", "\0")))
                .allMatch(blank -> alike(blank.repeat(3000) + "x" + blank.repeat(3000)))
                .allMatch(blank -> alike(blank + "x".repeat(2000) + blank))
                .allMatch(blank -> alike("x" + blank.repeat(1998) + "x"))
                .allMatch(blank -> alike("x" + blank.repeat(1999) + "x"));
        assertThat(Stream.of("", " ", "x".repeat(2001), "\ud83d\ude00".repeat(2000)))
                .allMatch(WireTest::alike);
        assertThat(alike("\ud83d\ude00".repeat(2001) + "\n")).isTrue();
    }

    /** Whether the service and its description agree on a message. */
    private static boolean alike(String message) {
        return DESCRIBED.stream().allMatch(rule -> rule.matcher(message).matches())
                == accepted(message);
    }

    private static List<Pattern> described() {
        Path description = Path.of("src/main/resources/dev/docent/http/docs/openapi.yaml");
        try {
            List<Pattern> rules =
                    Pattern.compile("    (?:Message|Seen):\\n(?: {6}.*\\n)*? {6}.*pattern: '(.*)'")
                            .matcher(Files.readString(description))
                            .results()
                            .map(rule -> Pattern.compile(rule.group(1), Pattern.DOTALL))
                            .toList();
            assertThat(rules).hasSize(2);
            return rules;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean accepted(String message) {
        try {
            ChatRequest.message("message", message);
            return true;
        } catch (HttpProblem _) {
            return false;
        }
    }
}
