package dev.docent;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Requests that are broken in every way that a generator thinks of. Each is sent over a connection
 * of its own, whose sending side is then closed.
 */
class BrokenRequestsTest {
    private static final String QUESTION = "{\"message\":\"What is LOG_LEVEL?\"}";
    private static final Pattern STATUS = Pattern.compile("(?m)^HTTP/1\\.1 (\\d{3}) ");
    private static final int PATIENT = 30_000;

    @Test
    void eachIsRefusedOnceWithoutAWordInTheLog(@TempDir Path data) throws IOException {
        PrintStream err = System.err;
        ByteArrayOutputStream log = new ByteArrayOutputStream();
        System.setErr(new PrintStream(log, true, ISO_8859_1));
        List<String> wrong = new ArrayList<>();
        List<String> requests = requests();
        try (DemoService service =
                DemoService.start(data, Map.of("DOCENT_SERVER_READ_TIMEOUT", "2s"))) {
            for (String request : requests) {
                String answer = send(service.port(), request);
                List<String> statuses =
                        STATUS.matcher(answer).results().map(found -> found.group(1)).toList();
                boolean refused =
                        statuses.isEmpty()
                                || (statuses.size() == 1 && statuses.getFirst().startsWith("4"));
                if (!refused || answer.contains("\tat ") || answer.contains("Exception")) {
                    wrong.add(shown(request) + " -> " + statuses);
                }
            }
            assertThat(send(service.port(), "GET /api/health/live HTTP/1.1\r\nHost: a\r\n\r\n"))
                    .startsWith("HTTP/1.1 200");
        } finally {
            System.setErr(err);
        }
        assertThat(requests).hasSizeGreaterThanOrEqualTo(500);
        assertThat(wrong).isEmpty();
        assertThat(log.toString(ISO_8859_1)).doesNotContain("\tat ").doesNotContain("ERROR");
    }

    private static List<String> requests() {
        List<String> all = new ArrayList<>();
        lines(all);
        headers(all);
        lengths(all);
        chunks(all);
        bodies(all);
        truncated(all);
        garbage(all);
        return all;
    }

    private static void lines(List<String> all) {
        for (String line :
                List.of(
                        "",
                        " ",
                        "GET",
                        "GET ",
                        "GET  ",
                        "GET /",
                        "GET / ",
                        "GET / HTTP",
                        "GET / HTTP/",
                        "GET / HTTP/1",
                        "GET / HTTP/1.",
                        "GET / HTTP/0.9",
                        "GET / HTTP/1.2",
                        "GET / HTTP/2.0",
                        "GET / HTTP/11",
                        "GET / http/1.1",
                        "GET / HTTP/1.1 ",
                        " GET / HTTP/1.1",
                        "GET  / HTTP/1.1",
                        "GET /  HTTP/1.1",
                        "GET\t/\tHTTP/1.1",
                        "/ HTTP/1.1",
                        "GET / / HTTP/1.1",
                        "GET /\u0001 HTTP/1.1",
                        "GET /\u007f HTTP/1.1",
                        "GET /\u00e9 HTTP/1.1",
                        "GET /%zz HTTP/1.1",
                        "GET /%2 HTTP/1.1",
                        "GET /< HTTP/1.1",
                        "GET /\" HTTP/1.1",
                        "GET /{x} HTTP/1.1",
                        "GET /?q=\u0001 HTTP/1.1",
                        "GET /?q=%zz HTTP/1.1",
                        "GET /#%zz HTTP/1.1",
                        "G\u001bT / HTTP/1.1",
                        "G\u0000T / HTTP/1.1",
                        "G(T / HTTP/1.1",
                        "G\u00e9T / HTTP/1.1",
                        "GET /" + "a".repeat(40_000) + " HTTP/1.1",
                        "A".repeat(40_000) + " / HTTP/1.1")) {
            all.add(line + "\r\nHost: a\r\n\r\n");
            all.add(line + "\nHost: a\n\n");
            all.add(line + "\r\n\r\n");
        }
    }

    private static void headers(List<String> all) {
        for (String header :
                List.of(
                        " Host: b",
                        "X",
                        "X Y: z",
                        "X : y",
                        "\tX: y",
                        "X\u0000: y",
                        "X: \u0000",
                        "X: a\u0001b",
                        "X: a\rb",
                        "X: a\nb",
                        "X: a\r\n b",
                        "X\u00e9: y",
                        "X(: y",
                        "X\": y",
                        "Host: b",
                        "X: " + "y".repeat(20_000),
                        "X".repeat(20_000) + ": y",
                        "Content-Length: -1",
                        "Content-Length: x",
                        "Content-Length: 1,2",
                        "Content-Length: 1\r\nContent-Length: 2",
                        "Content-Length: +1",
                        "Content-Length: 0x1",
                        "Content-Length: 1.5",
                        "Content-Length: 99999999999999999999",
                        "Content-Length: 1000000000000",
                        "Transfer-Encoding: gzip",
                        "Transfer-Encoding: chunked, gzip",
                        "Transfer-Encoding: chunked\r\nContent-Length: 5",
                        "Transfer-Encoding: xchunked",
                        "Transfer-Encoding: ",
                        "Transfer-Encoding: chunked, chunked")) {
            for (String path : List.of("GET /api/search", "POST /api/chat", "POST /nothing")) {
                all.add(path + " HTTP/1.1\r\nHost: a\r\n" + header + "\r\n\r\n");
            }
        }
        for (String host :
                List.of("a b", "a:b", "[", "[::1", "a/b", "a@b:c", "\u00e9", "a,b", "")) {
            all.add("GET /api/search HTTP/1.1\r\nHost: " + host + "\r\n\r\n");
        }
        all.add("GET /api/search?q=a HTTP/1.1\r\n\r\n");
    }

    private static void lengths(List<String> all) {
        for (int missing : new int[] {1, 2, 10, 1000, 60_000}) {
            all.add(post("Content-Length: " + (QUESTION.length() + missing), QUESTION));
        }
        for (int shorter = 1; shorter < QUESTION.length(); shorter++) {
            all.add(post("Content-Length: " + shorter, QUESTION));
        }
    }

    private static void chunks(List<String> all) {
        for (String body :
                List.of(
                        "",
                        "\r\n",
                        "x\r\n",
                        "-1\r\n",
                        "+5\r\nhello\r\n0\r\n\r\n",
                        "0x5\r\nhello\r\n0\r\n\r\n",
                        " 5\r\nhello\r\n0\r\n\r\n",
                        "5 \r\nhello\r\n0\r\n\r\n",
                        "5\nhello\n0\n\n",
                        "5\r\nhello",
                        "5\r\nhell\r\n0\r\n\r\n",
                        "5\r\nhellooo\r\n0\r\n\r\n",
                        "5\r\nhello\r\n",
                        "5\r\nhello\r\n0\r\n",
                        "0\r\n\r\n",
                        "0\r\nX: y\r\n\r\n",
                        "7fffffff\r\nx",
                        "80000000\r\nx",
                        "ffffffff\r\nx",
                        "100000000\r\nx",
                        "fffffffffffffffff\r\nx",
                        "5;\r\nhello\r\n0\r\n\r\n",
                        "5;a=\r\nhello\r\n0\r\n\r\n",
                        "zz\r\n0\r\n\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n")) {
            all.add(post("Transfer-Encoding: chunked", body));
            all.add(
                    "POST /nothing HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"
                            + body);
        }
    }

    private static void bodies(List<String> all) {
        for (String body :
                List.of(
                        "{",
                        "[",
                        "\"",
                        "{}",
                        "[]",
                        "1",
                        "null",
                        "{\"message\"",
                        "{\"message\":",
                        "{\"message\":1}",
                        "{\"message\":[]}",
                        "{\"message\":\"\"}",
                        "{\"message\":\" \"}",
                        "{\"message\":\"\\u0000\"}",
                        "{\"message\":\"\\ud800\"}",
                        "{\"message\":\"a\"} x",
                        "{\"message\":\"a\",\"mode\":\"x\"}",
                        "{\"message\":\"a\",\"mode\":\"selection\"}",
                        "{\"message\":\"a\",\"resume\":1}",
                        "{\"message\":\"a\",\"conversation_id\":\"x\"}",
                        "{\"message\":\"\u00ff\u00fe\"}",
                        "{\"message\":\"\u00c0\u00af\"}",
                        "\u00ef\u00bb\u00bf",
                        "[".repeat(60_000),
                        "{\"a\":".repeat(10_000),
                        "{\"message\":\"" + "a".repeat(2001) + "\"}",
                        "x".repeat(70_000),
                        "x".repeat(1_500_000))) {
            all.add(post("Content-Length: " + body.length(), body));
            all.add(
                    post(
                            "Transfer-Encoding: chunked",
                            Integer.toHexString(body.length()) + "\r\n" + body + "\r\n0\r\n\r\n"));
        }
    }

    private static void truncated(List<String> all) {
        String whole = post("Content-Length: " + QUESTION.length(), QUESTION);
        for (int end = 1; end < whole.length(); end++) {
            all.add(whole.substring(0, end));
        }
    }

    private static void garbage(List<String> all) {
        Random random = new Random(20);
        for (int n = 0; n < 100; n++) {
            StringBuilder bytes = new StringBuilder();
            for (int i = random.nextInt(300); i >= 0; i--) {
                bytes.append((char) random.nextInt(256));
            }
            all.add(bytes + "\r\n\r\n");
        }
    }

    private static String post(String framing, String body) {
        return "POST /api/chat HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n"
                + framing
                + "\r\n\r\n"
                + body;
    }

    private static String send(int port, String request) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(PATIENT);
            StringBuilder answer = new StringBuilder();
            try {
                socket.getOutputStream().write(request.getBytes(ISO_8859_1));
                socket.shutdownOutput();
                InputStream in = socket.getInputStream();
                byte[] some = new byte[8192];
                for (int n = in.read(some); n >= 0; n = in.read(some)) {
                    answer.append(new String(some, 0, n, ISO_8859_1));
                }
            } catch (SocketException e) {
                // Closed before all was sent, or with something unread: what was answered counts.
                assertThat(e).hasMessageMatching("(?i).*(reset|broken pipe|closed).*");
            }
            return answer.toString();
        }
    }

    private static String shown(String request) {
        String start = request.substring(0, Math.min(200, request.length()));
        return start.replace("\r", "\\r").replace("\n", "\\n");
    }
}
