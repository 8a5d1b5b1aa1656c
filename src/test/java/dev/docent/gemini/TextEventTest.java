package dev.docent.gemini;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which events are nothing but a piece of text. */
class TextEventTest {

    @Test
    void readsAPieceOfText() {
        assertThat(of(GoogleReplies.piece("a \"b\"\n\\ é 😀"))).isEqualTo("a \"b\"\n\\ é 😀");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "42",
                "{}",
                "{\"text\":\"at the top\"}",
                "{\"candidates\":42}",
                "{\"candidates\":[{\"content\":{\"parts\":[{\"text\":42}]}}]}",
                "{\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"\"}]}}]}",
                "{\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"a\"},{\"text\":\"b\"}]}}]}",
                "{\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"a\",\"thought\":true}]}}]}",
                "{\"candidates\":[{\"content\":{\"parts\":[{\"thought\":true,\"text\":\"a\"}]}}]}",
                "{\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"a\"}]},\"finishReason\":\"STOP\"}]}",
                "{\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"a\"}]}}],\"error\":{\"code\":500}}",
                "{\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"a\"}]}}],\"promptFeedback\":{}}",
                "{\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"a\"}]}}]",
                "{\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"a\"}]}}]}}",
            })
    void leavesAllElseAlone(String event) {
        assertThat(of(event)).isNull();
    }

    @Test
    void leavesBytesAloneThatAreNoUtf8() {
        byte[] event = GoogleReplies.piece("a?b").getBytes(StandardCharsets.US_ASCII);
        event[new String(event, StandardCharsets.US_ASCII).indexOf('?')] = (byte) 0xff;
        assertThat(TextEvent.of(event)).isNull();
    }

    private static @Nullable String of(String event) {
        return TextEvent.of(event.getBytes(StandardCharsets.UTF_8));
    }
}
