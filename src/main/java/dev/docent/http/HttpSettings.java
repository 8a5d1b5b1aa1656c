package dev.docent.http;

import java.time.Duration;

/**
 * How the service serves.
 *
 * @param host address to listen on
 * @param port port to listen on, 0 for any free one
 * @param maxReaders answers that are given at once; more are refused with 503
 * @param bodyLimit the largest request body, in bytes
 * @param heartbeat a stream that was silent this long gets a comment line. Two of them are what it
 *     takes to notice that a reader left, so it is well under a second
 * @param writeTimeout a reader who takes nothing for this long is given up
 * @param answerTimeout an answer that takes longer is ended
 * @param shutdownGrace how long running answers may go on after SIGTERM
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
