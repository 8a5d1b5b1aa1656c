package dev.docent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.docent.config.Environment;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

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

    @Property(tries = 600)
    void endsInAReportAndShowsNoKey(
            @ForAll("hostile") String value, @ForAll("variables") String variable) {
        assertShowsNoKey(Map.of(variable, value));
    }

    @Property(tries = 150)
    void endsInAReportForAnyText(
            @ForAll String value, @ForAll String other, @ForAll("variables") String variable) {
        assertThat(
                        assertTimeoutPreemptively(
                                Duration.ofSeconds(20),
                                () -> load(Map.of(variable, value, "SPACE_ID", other))))
                .isNotNull();
    }

    @Property(tries = 40)
    void endsInTimeForEndlessRepeats(
            @ForAll("pieces") String piece, @ForAll("variables") String variable) {
        String value = piece.repeat(8_000 / piece.length());
        for (String text : List.of(value, value + "x", "https://" + value, "postgres://" + value)) {
            assertThat(
                            assertTimeoutPreemptively(
                                    Duration.ofSeconds(20), () -> load(Map.of(variable, text))))
                    .isNotNull();
        }
    }

    @Provide
    Arbitrary<String> variables() {
        return Arbitraries.of(VARIABLES);
    }

    @Provide
    Arbitrary<String> pieces() {
        return Arbitraries.of(
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
                "eyJ");
    }

    /** A template with the key in it, into which up to three strange characters were put. */
    @Provide
    Arbitrary<String> hostile() {
        Arbitrary<Integer> place = Arbitraries.integers().between(0, 400);
        Arbitrary<String> strange =
                Arbitraries.of(
                        "", "", " ", "\n", "\"", "'", "@", ":", "/", "?", "#", "%", "%zz", "+", "*",
                        ",", ";", "[", "]", "\u200B", "\u00A0", "\u0000", "\u0007", "\uD800", "…",
                        "=", "&", ".", "..", "***", "$", "\\", "<", ">");
        return Combinators.combine(Arbitraries.of(TEMPLATES), place, strange, place, strange)
                .as((template, first, one, second, two) ->
                        put(put(String.format(template, KEY), first, one), second, two));
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
