package dev.docent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.docent.config.Environment;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Any value of any variable ends in a report or a start, and shows nothing of a key. */
class HostileValuesTest {
    /** A generated key has all three kinds of characters throughout. */
    private static final String KEY = "Zk39dK2m4Qx7Rt1Lp8Wv5Nb0";

    private static final List<String> VARIABLES =
            List.of(
                    "GEMINI_API_KEY",
                    "QDRANT_URL",
                    "QDRANT_API_KEY",
                    "DATABASE_URL",
                    "ALLOWED_ORIGINS",
                    "QDRANT_COLLECTION",
                    "LOG_LEVEL",
                    "GEMINI_MODEL",
                    "GEMINI_BASE_URL",
                    "PORT",
                    "SPACE_HOST",
                    "DOCENT_DATA",
                    "DOCENT_CONFIG",
                    "DOCENT_INDEX",
                    "DOCENT_SITE_URL",
                    "DOCENT_HEALTH_INTERVAL",
                    "DOCENT_SERVER_MAX_REQUEST");

    private static final List<String> TEMPLATES =
            List.of(
                    "%s",
                    "AIza%s",
                    "AQ.%s",
                    "eyJ%1$s.%1$s.%1$s",
                    "Bearer %s",
                    "export KEY=%s",
                    "\"%s\"",
                    "https://me:%s@my-book.vercel.app",
                    "https://my-book.vercel.app/%s",
                    "https://my-book.vercel.app?key=%s",
                    "postgresql://u:%s@localhost/docs",
                    "postgres://u:%s@ep-a-b-1.aws.neon.tech/neondb",
                    "postgresql://u:%1$s@%1$s/%1$s@ep-a-b-1.aws.neon.tech/neondb?sslmode=require",
                    "psql 'postgresql://u:%s@ep-a-b-1.aws.neon.tech/neondb?sslmode=no'",
                    "jdbc:postgresql://localhost/docs?user=u&password=%s",
                    "host=localhost password=%s",
                    "[\"https://my-book.vercel.app\", \"%s\"]",
                    "gemini-2.0-%s");

    private static final List<String> STRANGE =
            List.of(
                    "", "", " ", "\n", "\"", "'", "@", ":", "/", "?", "#", "%", "%zz", "+", "*",
                    ",", ";", "[", "]", "\u200B", "\u00A0", "\u0000", "\u0007", "\uD800", "…", "=",
                    "&", ".", "..", "***", "$", "\\", "<", ">");

    /** A template with the key in it, into which up to two strange characters were put. */
    @RepeatedTest(600)
    void endsInAReportAndShowsNoKey(RepetitionInfo round) {
        RandomGenerator random = random(round);
        String value = String.format(oneOf(TEMPLATES, random), KEY);
        value = put(value, random.nextInt(400), oneOf(STRANGE, random));
        value = put(value, random.nextInt(400), oneOf(STRANGE, random));
        assertShowsNoKey(Map.of(oneOf(VARIABLES, random), value));
    }

    @RepeatedTest(150)
    void endsInAReportForAnyText(RepetitionInfo round) {
        RandomGenerator random = random(round);
        Map<String, String> variables =
                Map.of(oneOf(VARIABLES, random), anyText(random), "SPACE_ID", anyText(random));
        assertReadable(assertTimeoutPreemptively(Duration.ofSeconds(20), () -> load(variables)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\n2026-11-22T12:00:00Z INFO docent: all is well\n",
                "\u001B[2J\u001B[31mred\u001B]8;;https://evil.example\u0007",
                "\u0000",
                "\uD800",
                "\uDC00\uD800",
                "\u2028",
                "\u0085",
                "\u202Ereversed",
                "\uFFFD\uFFFD"
            })
    void writesNothingIntoTheReportThatALineOfALogCannotHold(String piece) {
        for (String variable : VARIABLES) {
            for (String text : List.of(piece, "a" + piece + "b", "https://a" + piece + ".org")) {
                assertReadable(load(Map.of(variable, text)));
                assertReadable(load(Map.of(text, text)));
            }
        }
    }

    @Test
    void endsInAReportForAMegabyteInEachVariable() {
        for (String variable : VARIABLES) {
            String value = KEY.repeat(1_000_000 / KEY.length());
            assertTimeoutPreemptively(
                    Duration.ofSeconds(20), () -> assertShowsNoKey(Map.of(variable, value)));
        }
    }

    /** Every line of a report is one that the program wrote. */
    private static void assertReadable(Configured configured) {
        String text = configured.report().text();
        assertThat(text.codePoints().filter(c -> c != '\n'))
                .noneMatch(c ->
                        Character.isISOControl(c)
                                || Character.getType(c) == Character.FORMAT
                                || Character.getType(c) == Character.SURROGATE
                                || Character.getType(c) == Character.LINE_SEPARATOR);
        assertThat(configured.report().warningLines()).noneMatch(line -> line.contains("\n"));
        assertThat(text).doesNotContain("all is well\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a",
                " ",
                "\n",
                "*",
                ".",
                "a.",
                "-",
                "@",
                ":",
                "/",
                "%",
                "'",
                "\"",
                ",",
                "[",
                "x",
                "0",
                "_",
                "=",
                "A_",
                "\u200B",
                "a-",
                "*.",
                "é",
                "https://",
                "&",
                "?",
                "eyJ"
            })
    void endsInTimeForEndlessRepeats(String piece) {
        String value = piece.repeat(8_000 / piece.length());
        for (String variable : VARIABLES) {
            for (String text :
                    List.of(value, value + "x", "https://" + value, "postgres://" + value)) {
                assertThat(
                                assertTimeoutPreemptively(
                                        Duration.ofSeconds(20), () -> load(Map.of(variable, text))))
                        .isNotNull();
            }
        }
    }

    /** The same values in every run: a failure names its round, and the round is its seed. */
    private static RandomGenerator random(RepetitionInfo round) {
        return RandomGeneratorFactory.of("L64X128MixRandom").create(round.getCurrentRepetition());
    }

    private static String oneOf(List<String> choices, RandomGenerator random) {
        return choices.get(random.nextInt(choices.size()));
    }

    /** Up to a hundred characters of all Unicode, half surrogates included. */
    private static String anyText(RandomGenerator random) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(100); i > 0; i--) {
            text.append((char) random.nextInt(random.nextBoolean() ? 128 : 0x10000));
        }
        return text.toString();
    }

    private static String put(String text, int place, String piece) {
        int at = place % (text.length() + 1);
        return text.substring(0, at) + piece + text.substring(at);
    }

    private static void assertShowsNoKey(Map<String, String> variables) {
        String shown = load(variables).report().text().toLowerCase(Locale.ROOT);
        for (int i = 0; i + 8 <= KEY.length(); i++) {
            assertThat(shown).doesNotContain(KEY.substring(i, i + 8).toLowerCase(Locale.ROOT));
        }
    }

    private static Configured load(Map<String, String> variables) {
        return Configured.load(
                Environment.of(variables), Path.of("target", "nowhere"), ReportTable.CLOCK);
    }
}
