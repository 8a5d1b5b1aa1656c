package dev.docent.waiting;

import java.time.Duration;

/** Waits for nothing but time; injected, so that a test need not. */
@FunctionalInterface
public interface Sleeper {
    /**
     * Returns after the pause.
     *
     * @throws InterruptedException when the thread is interrupted meanwhile
     */
    void sleep(Duration pause) throws InterruptedException;
}
