package dev.docent;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.docent.http.WidgetClient;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients that send or take nothing, or a byte now and then. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SlowConnectionTest {
    private static final int PATIENT = 60_000;
    private static final int PLACES = 16;
    private static final String POST =
            "POST /api/chat HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n";

    private DemoService service;

    @BeforeAll
    void start(@TempDir Path data) {
        service =
                DemoService.start(
                        data,
                        Map.of(
                                "DOCENT_SERVER_READ_TIMEOUT",
                                "1s",
                                "DOCENT_SERVER_WRITE_TIMEOUT",
                                "1s",
                                "DOCENT_SERVER_MAX_CONNECTIONS",
                                "" + PLACES));
    }

    @AfterAll
    void stop() {
        service.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "G",
                "GET / HTTP/1.1\r\nHost: a\r\n",
                "GET / HTTP/1.1\r\nHost: a\r\n\r\nGET / HTTP/1.1\r\nHost: a\r\n",
                POST + "Content-Length: 60000\r\n\r\n",
                POST + "Content-Length: 60000\r\n\r\n{\"message\":",
                POST + "Transfer-Encoding: chunked\r\n\r\n5\r\n{\"",
                POST + "Transfer-Encoding: chunked\r\n\r\n5;aaaa",
                "POST /nothing HTTP/1.1\r\nHost: a\r\nContent-Length: 60000\r\n\r\n",
            })
    void aRequestThatIsNotSentToItsEndIsGivenUp(String begun) throws IOException {
        try (Socket socket = connect()) {
            socket.getOutputStream().write(begun.getBytes(US_ASCII));
            assertThat(rest(socket)).doesNotContain("HTTP/1.1 500");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET / HTTP/1.1\r\n", POST + "Content-Length: 60000\r\n\r\n{"})
    void aByteNowAndThenKeepsNoRequestOpen(String begun) throws IOException {
        try (Socket socket = connect()) {
            OutputStream out = socket.getOutputStream();
            out.write(begun.getBytes(US_ASCII));
            socket.setSoTimeout(100);
            InputStream in = socket.getInputStream();
            assertThat(closedWhileSending(out, in)).isTrue();
        }
    }

    @Test
    void aChunkLineWithoutEndIsNotKept() throws IOException {
        try (Socket socket = connect()) {
            OutputStream out = socket.getOutputStream();
            out.write((POST + "Transfer-Encoding: chunked\r\n\r\n5;").getBytes(US_ASCII));
            byte[] more = "a".repeat(1 << 16).getBytes(US_ASCII);
            int sent = 0;
            try {
                while (sent < 64 << 20) {
                    out.write(more);
                    sent += more.length;
                }
            } catch (IOException e) {
                assertThat(e).hasMessageMatching("(?i).*(reset|broken pipe).*");
            }
            assertThat(sent).isLessThan(16 << 20);
        }
    }

    @Test
    void whoTakesNothingOfAPlainAnswerIsGivenUp() throws IOException {
        try (Socket socket = new Socket()) {
            socket.setReceiveBufferSize(4096);
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), service.port()));
            socket.setSoTimeout(PATIENT);
            String one =
                    "GET /openapi.yaml HTTP/1.1\r\nHost: a\r\nX: %s\r\n\r\n"
                            .formatted("a".repeat(8000));
            OutputStream out = socket.getOutputStream();
            int requests = 0;
            try {
                while (requests < 5000) {
                    out.write(one.getBytes(US_ASCII));
                    requests++;
                }
            } catch (IOException e) {
                assertThat(e).hasMessageMatching("(?i).*(reset|broken pipe).*");
            }
            assertThat(requests).isLessThan(5000);
        }
    }

    @Test
    void moreConnectionsThanThereArePlacesWaitAndAreServed() throws IOException {
        List<Socket> greedy = new ArrayList<>();
        try {
            for (int i = 0; i < 4 * PLACES; i++) {
                Socket socket = connect();
                socket.getOutputStream().write("GET / HTTP/1.1\r\nHost: a\r\n".getBytes(US_ASCII));
                greedy.add(socket);
            }
            WidgetClient client = service.client();
            assertThat(client.get("/api/health/live").statusCode()).isEqualTo(200);
        } finally {
            for (Socket socket : greedy) {
                socket.close();
            }
        }
    }

    /** Whether the service closes while a byte is sent each tenth of a second. */
    private static boolean closedWhileSending(OutputStream out, InputStream in) {
        for (int i = 0; i < PATIENT / 100; i++) {
            try {
                out.write('a');
                if (in.read() < 0) {
                    return true;
                }
            } catch (SocketTimeoutException e) {
                assertThat(e).hasNoCause(); // nothing came yet
            } catch (IOException e) {
                return true;
            }
        }
        return false;
    }

    private Socket connect() throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), service.port());
        socket.setSoTimeout(PATIENT);
        return socket;
    }

    /** What comes until the service closes; fails when it does not. */
    private static String rest(Socket socket) throws IOException {
        try {
            return new String(socket.getInputStream().readAllBytes(), US_ASCII);
        } catch (java.net.SocketException e) {
            return "reset";
        }
    }
}
