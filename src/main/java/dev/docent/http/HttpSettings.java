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
 * @param maxConnections how many connections may be open at once, fewer where memory or the number
 *     of open files is scarce
 * @param readTimeout how long a request's head may take, and again its body
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
        int maxConnections,
        Duration readTimeout,
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
                in.number("server.max-connections", 16, 100_000),
                in.duration("server.read-timeout", Duration.ofSeconds(1), Duration.ofMinutes(10)),
                in.duration("server.write-timeout", Duration.ofSeconds(1), Duration.ofMinutes(10)),
                in.duration("server.heartbeat", Duration.ofMillis(50), Duration.ofSeconds(55)),
                (int) in.bytes("server.max-request", 1 << 10, 16 << 20));
    }
}
