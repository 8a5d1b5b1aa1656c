package dev.docent.gemini;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which events are nothing but a piece of text. */
class TextEventTest {

    @Test
    void readsAPieceOfText() {
        assertThat(TextEvent.of(GoogleReplies.piece("a \"b\"\n\\ é 😀")))
                .isEqualTo("a \"b\"\n\\ é 😀");
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
        assertThat(TextEvent.of(event)).isNull();
    }
}
