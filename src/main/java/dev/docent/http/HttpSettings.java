package dev.docent.http;

import dev.docent.config.SettingsReader;
import java.time.Duration;

/**
 * The settings of the HTTP server.
 *
 * @param port port to listen on, 0 for any free one
 * @param host address to listen on
 * @param shutdownGrace how long running answers may continue after SIGTERM
 * @param maxReaders how many answers may run at once; further questions get 503
 * @param writeTimeout after this long, a reader who takes nothing is given up
 * @param heartbeat after this much silence a stream gets a comment line. It takes two of them to
 *     notice that a reader left, so it is well under a second
 * @param bodyLimit the largest request body, in bytes
 */
public record HttpSettings(
        int port,
        String host,
        Duration shutdownGrace,
        int maxReaders,
        Duration writeTimeout,
        Duration heartbeat,
        int bodyLimit) {

    /** Reads {@code server.*}. */
    public static HttpSettings read(SettingsReader in) {
        return new HttpSettings(
                in.number("server.port", 0, 65535),
                in.text("server.host"),
                in.duration("server.shutdown-grace", Duration.ZERO, Duration.ofMinutes(10)),
                in.number("server.max-readers", 1, 100_000),
                in.duration("server.write-timeout", Duration.ofSeconds(1), Duration.ofMinutes(10)),
                in.duration("server.heartbeat", Duration.ofMillis(50), Duration.ofSeconds(55)),
                (int) in.bytes("server.max-request", 1 << 10, 16 << 20));
    }
}
