package dev.docent.http;

import java.time.Duration;

/**
 * The settings of the HTTP server.
 *
 * @param host address to listen on
 * @param port port to listen on, 0 for any free one
 * @param maxReaders how many answers may run at once; further questions get 503
 * @param bodyLimit the largest request body, in bytes
 * @param heartbeat after this much silence a stream gets a comment line. It takes two of them to
 *     notice that a reader left, so it is well under a second
 * @param writeTimeout after this long, a reader who takes nothing is given up
 * @param answerTimeout longest time for an answer
 * @param shutdownGrace how long running answers may continue after SIGTERM
 */
public record HttpSettings(
        String host,
        int port,
        int maxReaders,
        int bodyLimit,
        Duration heartbeat,
        Duration writeTimeout,
        Duration answerTimeout,
        Duration shutdownGrace) {}
