package dev.docent.chat;

import dev.docent.config.SettingsReader;
import java.time.Duration;

/**
 * How answers are given.
 *
 * @param answerTimeout the longest time for an answer, which whoever asks for it keeps
 * @param historyPairs how many earlier question/answer pairs an answer takes into account
 * @param keep how long conversations and unanswered questions are kept, zero for ever
 * @param maxAnswer the longest answer in characters; the model is stopped there
 */
public record ChatSettings(Duration answerTimeout, int historyPairs, Duration keep, int maxAnswer) {

    /** Reads {@code chat.*}. */
    public static ChatSettings read(SettingsReader in) {
        return new ChatSettings(
                in.duration("chat.answer-timeout", Duration.ofSeconds(5), Duration.ofMinutes(30)),
                in.number("chat.history-pairs", 0, 20),
                in.duration("chat.keep", Duration.ZERO, Duration.ofDays(3650)),
                (int) in.bytes("chat.max-answer", 1 << 10, 16 << 20));
    }
}
