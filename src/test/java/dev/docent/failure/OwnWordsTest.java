package dev.docent.failure;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OwnWordsTest {
    private static final String SECRET = "s3cr+t/Canary=Äß-0815";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    The endpoint has been disabled. | The endpoint has been disabled.
                    no such database: neondb        | no such database: neondb.
                    Кончились деньги                | Кончились деньги.
                    請稍後再試。                     | 請稍後再試。.
                    '  a \t b  '                    | a b.
                    <html><head><title>502 Bad Gateway</title></head><body><h1>nginx</h1> | 502 Bad Gateway nginx.
                    <style>p { color: red }</style><p>Sorry</p> | Sorry.
                    """)
    void keepsWhatWasSaid(String message, String words) {
        assertThat(OwnWords.of(message, SECRET)).isEqualTo(words);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\n\u0000\u0007", "<html></html>", "…", "{}", "\u202e\ufeff"})
    void hasNoWordsWhereNothingWasSaid(String message) {
        assertThat(OwnWords.of(message, SECRET)).isEmpty();
        assertThat(OwnWords.after("It says:", message, SECRET)).isEmpty();
    }

    @Test
    void repeatsTheSecretInNoForm() {
        byte[] bytes = SECRET.getBytes(StandardCharsets.UTF_8);
        String[] forms = {
            SECRET,
            SECRET.substring(0, 12),
            SECRET.substring(5),
            URLEncoder.encode(SECRET, StandardCharsets.UTF_8),
            Base64.getEncoder().encodeToString(bytes),
            Base64.getUrlEncoder().encodeToString(bytes)
        };
        for (String form : forms) {
            assertThat(OwnWords.of("The key " + form + " is bad", SECRET))
                    .isEqualTo("The key ***** is bad.");
        }
    }

    @Test
    void takesOutAShortSecretOnlyWhereItStandsAlone() {
        assertThat(OwnWords.of("user in is not in the pin list", "in"))
                .isEqualTo("user ***** is not ***** the pin list.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "AIzaSyA-012345678901234567890",
                "AQ.Ab8RN6abcdefghijkl",
                "eyJhbGciOiJIUzI1NiJ9.eyJhIjoxfQ.abc",
                "npg_Ab12Cd34"
            })
    void takesOutWhatLooksLikeAKey(String key) {
        assertThat(OwnWords.of("Bad: " + key + "!", "")).isEqualTo("Bad: *****!.");
    }

    @Test
    void takesOutTheUserOfAUrl() {
        assertThat(OwnWords.of("postgresql://me:pw@host/db failed", ""))
                .isEqualTo("postgresql://*****@host/db failed.");
    }

    @Test
    void isBoundedAndCannotSteerATerminal() {
        String piece = "\u001b[31m😀 x\u0000\u202e" + SECRET + "<script><";
        String words = OwnWords.of(piece.repeat(40_000), SECRET);
        assertThat(words.codePointCount(0, words.length())).isLessThan(310);
        assertThat(words).doesNotContain(SECRET.substring(0, 8), "\u001b", "\u0000", "\u202e");
        String html = OwnWords.of("<script><".repeat(120_000) + "x", SECRET);
        assertThat(html.codePointCount(0, html.length())).isLessThan(310);
    }
}
