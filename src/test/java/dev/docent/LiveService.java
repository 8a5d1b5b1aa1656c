package dev.docent;

import dev.docent.cli.Commands;
import dev.docent.http.WidgetClient;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;

/** The real service on a free port; in live mode unless its settings say otherwise. */
final class LiveService implements AutoCloseable {
    private final Docent docent;
    private final WidgetClient client;

    /** Starts it and waits until it has looked at each dependency. */
    LiveService(Settings settings) {
        docent = new Docent(settings, settings.origins()::allows, InstantSource.system());
        try {
            if (!docent.awaitReady(Duration.ofMinutes(2))) {
                throw new AssertionError("not ready within two minutes");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
        client = new WidgetClient(docent.port());
    }

    static LiveService start(Outside outside, Path data) {
        return start(outside, data, Map.of());
    }

    static LiveService start(Outside outside, Path data, Map<String, String> changed) {
        Settings settings = outside.settings(data, changed);
        Commands.log(settings, System.err);
        return new LiveService(settings);
    }

    /** Asks over a connection of its own, on which the whole answer is still to be read. */
    Socket ask(String message) throws IOException {
        String body = "{\"message\":\"" + message + "\"}";
        String head =
                "POST /api/chat HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                        + "Content-Type: application/json\r\nContent-Length: "
                        + body.length()
                        + "\r\n\r\n";
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), docent.port());
        socket.setSoTimeout(60_000);
        socket.getOutputStream().write((head + body).getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    WidgetClient client() {
        return client;
    }

    int port() {
        return docent.port();
    }

    @Override
    public void close() {
        docent.close();
    }
}
