package dev.docent;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URLEncoder;
import java.nio.charset.Charset;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests that no well-behaved client writes, over a bare socket. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RawRequestTest {
    private static final int PATIENT = 30_000;
    private static final String JSON = "Content-Type: application/json\r\n";

    private DemoService service;

    @BeforeAll
    void start(@TempDir Path data) {
        service = DemoService.start(data);
    }

    @AfterAll
    void stop() {
        service.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/search?q=a",
                "/%61pi/search?q=a",
                "//api/search?q=a",
                "/./api/search?q=a",
                "/x/../api/search?q=a",
                "/api/%73earch?q=a",
                "/api;x=1/search?q=a"
            })
    void anOriginIsHeldAgainstTheRouteThatIsTaken(String target) throws IOException {
        String answer = get(target, "Origin: https://evil.example\r\n");
        assertThat(answer).doesNotStartWith("HTTP/1.1 200").doesNotContain("\"hits\"");
    }

    @ParameterizedTest
    @CsvSource({
        "http://127.0.0.1:7860, 127.0.0.1:7860, 200",
        "http://localhost:7860, localhost:7860, 200",
        "http://[::1]:7860, [::1]:7860, 200",
        "http://rebound.example, rebound.example, 403",
        "https://127.0.0.1:7860, 127.0.0.1:7860, 403",
        "ftp://127.0.0.1:7860, 127.0.0.1:7860, 403",
        "//127.0.0.1:7860, 127.0.0.1:7860, 403",
        "http://127.0.0.1:7860/x, 127.0.0.1:7860, 403",
        "null, 127.0.0.1:7860, 403"
    })
    void onlyItsOwnAddressIsItsOwn(String origin, String host, int status) throws IOException {
        String answer =
                send(
                        "GET /api/search?q=a HTTP/1.1\r\nHost: %s\r\nOrigin: %s\r\nConnection: close\r\n\r\n"
                                .formatted(host, origin));
        assertThat(answer).startsWith("HTTP/1.1 " + status);
    }

    @Test
    void whoSpeaksAnOlderHttpIsToldSo() throws IOException {
        assertThat(send("GET /api/health/live HTTP/1.0\r\n\r\n"))
                .contains(" 505 ")
                .contains("This service speaks HTTP/1.1; in nginx: proxy_http_version 1.1");
    }

    @Test
    void anImageOnAnotherSiteCostsNothing() throws IOException {
        String foreign = "Sec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: no-cors\r\n";
        assertThat(get("/api/search?q=a", foreign)).startsWith("HTTP/1.1 403");
        assertThat(get("/api/health/live", foreign)).startsWith("HTTP/1.1 200");
        assertThat(get("/api/search?q=a", "Sec-Fetch-Site: same-origin\r\n"))
                .startsWith("HTTP/1.1 200");
        assertThat(get("/api/search?q=a", foreign + "Origin: " + DemoService.ORIGIN + "\r\n"))
                .startsWith("HTTP/1.1 200");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "7fffffff\r\nxxxx",
                "-1\r\n",
                "zz\r\nwhat\r\n0\r\n\r\n",
                "11111111111111111\r\n",
                "4b;x=y\r\nzz\r\n0\r\n\r\nGET /api/health/live HTTP/1.1\r\nHost: a\r\nX-Request-Id: SMUGGLED\r\n\r\n\r\n0\r\n\r\n"
            })
    void aBodyThatIsNoHttpIsAnsweredOnceAndTheConnectionClosed(String body) throws IOException {
        String answer =
                send(
                        "POST /api/chat HTTP/1.1\r\nHost: a\r\n"
                                + JSON
                                + "Transfer-Encoding: chunked\r\n\r\n"
                                + body);
        assertThat(answer).startsWith("HTTP/1.1 4").containsOnlyOnce("HTTP/1.1 ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "12;a=b\r\n%s\r\n0\r\n\r\n",
                "12 ; a=\"b;c\"\r\n%s\r\n0;last\r\n\r\n",
                "012\r\n%s\r\n000\r\nX: y\r\nZ: \r\n\r\n"
            })
    void whatMayStandBetweenChunksMeansNothing(String body) throws IOException {
        String answer =
                send(
                        "POST /api/chat HTTP/1.1\r\nHost: a\r\n"
                                + JSON
                                + "Transfer-Encoding: chunked\r\n\r\n"
                                + body.formatted("{\"message\":\"Why?\"}")
                                + "GET /api/health/live HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
        assertThat(answer)
                .startsWith("HTTP/1.1 200")
                .contains("\"done\"")
                .endsWith("{\"status\":\"live\"}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "+11\r\n%s\r\n0\r\n\r\n",
                "11 \r\n%s\r\n0\r\n\r\n",
                "11\n%s\n0\n\n",
                "11\r\n%s0\r\n\r\n",
                "11\r\n%s\r\n0\r\n: y\r\n\r\n"
            })
    void aQuestionInWrongChunksIsNone(String body) throws IOException {
        String answer =
                send(
                        "POST /api/chat HTTP/1.1\r\nHost: a\r\n"
                                + JSON
                                + "Transfer-Encoding: chunked\r\n\r\n"
                                + body.formatted("{\"message\":\"Why\"}"));
        assertThat(answer).startsWith("HTTP/1.1 400").containsOnlyOnce("HTTP/1.1 ");
    }

    @ParameterizedTest
    @CsvSource({
        "'GET /api/examples HTTP/1.1~: x', 400",
        "'get /api/examples HTTP/1.1', 400",
        "'Get /api/examples HTTP/1.1', 400",
        "'GET /api/examples HTTP/1.1~Expect: junk', 417",
        "'GET /api/examples HTTP/1.1~Expect: 100-continue, junk', 417",
        "'GET /api/examples HTTP/1.1~Expect: 100-Continue', 200"
    })
    void aHeadThatIsNoneOfHttpIsRefused(String head, int status) throws IOException {
        String answer =
                send(head.replace("~", "\r\n") + "\r\nHost: a\r\nConnection: close\r\n\r\n");
        assertThat(answer).startsWith("HTTP/1.1 " + status);
    }

    @Test
    void whatIsRefusedBeforeItIsRoutedCanBeFoundAgainToo() throws IOException {
        assertThat(send("GET /" + "a".repeat(40_000) + " HTTP/1.1\r\nHost: a\r\n\r\n"))
                .startsWith("HTTP/1.1 414")
                .contains("X-Request-Id: ")
                .contains("Vary: Origin")
                .contains("X-Content-Type-Options: nosniff")
                .contains("The address is too long; shorten the question.");
    }

    @Test
    void aMonitorsAnswerSaysOnceThatItIsNotKept() throws IOException {
        assertThat(get("/observe/health", ""))
                .startsWith("HTTP/1.1 200")
                .containsOnlyOnce("Cache-Control: no-store")
                .containsOnlyOnce("Cache-Control");
    }

    @ParameterizedTest
    @CsvSource({
        "application/json, 200",
        "application/json;, 200",
        "Application/JSON ; charset=utf-8, 200",
        "json, 415",
        "text/plain;application/json, 415",
        "'', 415"
    })
    void onlyJsonByItsTypeIsAQuestion(String type, int status) throws IOException {
        assertThat(post("Content-Type: " + type + "\r\n", "{\"message\":\"Hello?\"}"))
                .startsWith("HTTP/1.1 " + status);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\\u00a0",
                "\\u200b\\u200b",
                "\\u00a0 \\u3000",
                "\\u0001",
                "\\u3164",
                "\\u2800\\ufe0f",
                "\\u115f\\u1160",
                "\\u0301",
                "\\ue000"
            })
    void aQuestionThatNobodySeesIsNone(String message) throws IOException {
        assertThat(post(JSON, "{\"message\":\"" + message + "\"}")).startsWith("HTTP/1.1 422");
    }

    @Test
    void overlongUtf8IsNoText() throws IOException {
        String answer = post(JSON, "{\"message\":\"a\u00c0\u00afb\"}", ISO_8859_1);
        assertThat(answer).startsWith("HTTP/1.1 400");
    }

    @Test
    void whatReadersAskIsKeptByNobodyOnTheWay() throws IOException {
        assertThat(get("/api/search?q=a", "")).contains("Cache-Control: private, no-store\r\n");
        assertThat(get("/", "")).contains("Vary: Origin, Accept\r\n");
    }

    @ParameterizedTest
    @CsvSource({
        "swagger-ui.css, 200",
        "swagger-ui-bundle.js, 200",
        "index.html, 404",
        "oauth2-redirect.html, 404"
    })
    void ofSwaggerUiOnlyWhatOurPageUsesIsServed(String file, int status) throws IOException {
        assertThat(get("/docs/ui/" + file, "")).startsWith("HTTP/1.1 " + status);
    }

    @Test
    void aSearchTakesAsMuchAsAQuestion() throws IOException {
        String question = URLEncoder.encode("漢".repeat(2000), UTF_8);
        assertThat(get("/api/search?q=" + question, "")).startsWith("HTTP/1.1 200");
    }

    private String get(String target, String headers) throws IOException {
        return send(
                "GET %s HTTP/1.1\r\nHost: 127.0.0.1\r\n%sConnection: close\r\n\r\n"
                        .formatted(target, headers));
    }

    private String post(String headers, String body) throws IOException {
        return post(headers, body, UTF_8);
    }

    private String post(String headers, String body, Charset charset) throws IOException {
        return send(
                "POST /api/chat HTTP/1.1\r\nHost: a\r\n%sConnection: close\r\nContent-Length: %d\r\n\r\n%s"
                        .formatted(headers, body.getBytes(charset).length, body),
                charset);
    }

    private String send(String request) throws IOException {
        return send(request, UTF_8);
    }

    /** All that the service says until it closes the connection, which it must. */
    private String send(String request, Charset charset) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), service.port())) {
            socket.setSoTimeout(PATIENT);
            socket.getOutputStream().write(request.getBytes(charset));
            socket.getOutputStream().flush();
            InputStream in = socket.getInputStream();
            return new String(in.readAllBytes(), UTF_8);
        }
    }
}
