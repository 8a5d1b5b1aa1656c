package dev.docent.connection;

import java.time.Duration;

/**
 * How long a connection may take for a step.
 *
 * @param read for the head of a request from its first byte on, and again for its body
 * @param write for taking a piece of an answer
 * @param idle between two requests
 * @param idleWhenCrowded the same while most places for connections are taken
 */
public record Deadlines(Duration read, Duration write, Duration idle, Duration idleWhenCrowded) {

    /** With the usual times between requests. */
    public static Deadlines of(Duration read, Duration write) {
        return new Deadlines(read, write, Duration.ofMinutes(5), Duration.ofSeconds(5));
    }
}
