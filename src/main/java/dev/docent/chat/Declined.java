package dev.docent.chat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * Whether a model says that the passages do not answer the question, as its instruction demands in
 * such a case: in one sentence without a citation, in the language of the question. The usual
 * wordings are in {@code declined.txt} beside this class.
 */
final class Declined {
    /** A longer text says something, too. */
    private static final int LONGEST = 500;

    private static final List<Pattern> WORDINGS = wordings();

    private Declined() {}

    /**
     * Whether the whole answer is such a sentence.
     *
     * @param answer a finished answer that cites nothing
     */
    static boolean is(String answer) {
        return answer.length() <= LONGEST
                && WORDINGS.stream().anyMatch(wording -> wording.matcher(answer).find());
    }

    private static List<Pattern> wordings() {
        String resource = "declined.txt";
        try (BufferedReader lines =
                new BufferedReader(
                        new InputStreamReader(
                                Objects.requireNonNull(
                                        Declined.class.getResourceAsStream(resource), resource),
                                StandardCharsets.UTF_8))) {
            return lines.lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(line ->
                            Pattern.compile(
                                    line,
                                    Pattern.CASE_INSENSITIVE
                                            | Pattern.UNICODE_CASE
                                            | Pattern.UNICODE_CHARACTER_CLASS))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
