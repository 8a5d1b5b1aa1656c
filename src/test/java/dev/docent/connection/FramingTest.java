package dev.docent.connection;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.helidon.http.HeaderNames;
import io.helidon.http.RequestException;
import io.helidon.http.WritableHeaders;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FramingTest {
    private static final String CHUNKED =
            "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n";
    private static final String SIZED = "POST / HTTP/1.1\r\nContent-Length: 6\r\n\r\n";
    private static final String PLAIN = "GET /a HTTP/1.1\r\nHost: a\r\n\r\n";

    @ParameterizedTest
    @CsvSource({
        "'5~hello~0~~', '5~hello~0~~'",
        "'5;a=b~hello~0;c~~', '5~hello~0~~'",
        "'5 ; a=\"x;y\"~hello~0~~', '5~hello~0~~'",
        "'005~hello~0000~~', '5~hello~0~~'",
        "'A~0123456789~0~~', 'a~0123456789~0~~'",
        "'5~hello~0~X: y~Z: ~~', '5~hello~0~~'",
        "'2~~~0~~', '2~~~0~~'",
    })
    void passesOnWhatABodyMeansHoweverItsBytesArrive(String body, String meant) {
        String sent = PLAIN + CHUNKED + lines(body) + SIZED + "ab\r\n\r\n" + PLAIN;
        String expected = PLAIN + CHUNKED + lines(meant) + SIZED + "ab\r\n\r\n" + PLAIN;
        for (int piece = 1; piece <= sent.length(); piece++) {
            assertThat(passed(sent, piece)).as("in pieces of " + piece).isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "~",
                "-1~",
                "+5~hello~0~~",
                "0x5~hello~0~~",
                " 5~hello~0~~",
                "5 ~hello~0~~",
                "5 x~hello~0~~",
                "5\nhello\n0\n\n",
                "5~helloo~0~~",
                "5~hello\n0~~",
                "123456789~",
                "5;a\nb~hello~0~~",
                "5;a\0~hello~0~~",
                "0~: x~~",
                "0~X : y~~",
                "0~ X: y~~",
                "0~X~~",
                "0~X: \0~~",
                "0~\n"
            })
    void refusesWhatTheGrammarOfChunksDoesNotHave(String body) {
        assertThatThrownBy(() -> passed(CHUNKED + lines(body), 1000))
                .isInstanceOf(RequestException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"get / HTTP/1.1\r\n", "Get / HTTP/1.1\r\n", "GET / HTTP/1.1\r\n: x\r\n"})
    void refusesAMethodInLowerCaseAndAFieldWithoutAName(String head) {
        assertThatThrownBy(() -> passed(head + "\r\n", 1000)).isInstanceOf(RequestException.class);
    }

    /** Each crlf is a tilde in the tests' data. */
    private static String lines(String text) {
        return text.replace("~", "\r\n");
    }

    /** What Helidon would get, which reads on when it has understood a head. */
    private static String passed(String sent, int piece) {
        Deque<byte[]> pieces = new ArrayDeque<>();
        byte[] all = sent.getBytes(ISO_8859_1);
        for (int i = 0; i < all.length; i += piece) {
            pieces.add(Arrays.copyOfRange(all, i, Math.min(all.length, i + piece)));
        }
        Framing framing = new Framing();
        StringBuilder passed = new StringBuilder();
        int head = 0;
        for (byte[] bytes = framing.next(pieces::poll);
                bytes != null;
                bytes = framing.next(pieces::poll)) {
            passed.append(new String(bytes, ISO_8859_1));
            String since = passed.substring(head);
            for (String known : new String[] {CHUNKED, SIZED, PLAIN}) {
                if (since.endsWith(known)) {
                    framing.headEnded(headers(known));
                    head = passed.length();
                }
            }
        }
        return passed.toString();
    }

    private static WritableHeaders<?> headers(String head) {
        WritableHeaders<?> headers = WritableHeaders.create();
        if (head.equals(CHUNKED)) {
            headers.set(HeaderNames.TRANSFER_ENCODING, "chunked");
        } else if (head.equals(SIZED)) {
            headers.set(HeaderNames.CONTENT_LENGTH, "6");
        }
        return headers;
    }
}
