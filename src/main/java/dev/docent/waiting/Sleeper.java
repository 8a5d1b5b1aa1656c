package dev.docent.waiting;

import java.time.Duration;

/** Sleeps; injected, so that tests need not wait. */
@FunctionalInterface
public interface Sleeper {
    /**
     * Returns after the pause.
     *
     * @throws InterruptedException when the thread is interrupted meanwhile
     */
    void sleep(Duration pause) throws InterruptedException;
}
