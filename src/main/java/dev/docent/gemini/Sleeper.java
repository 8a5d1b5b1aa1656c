package dev.docent.gemini;

import java.time.Duration;

/** The wait between two tries. */
interface Sleeper {
    void sleep(Duration time) throws InterruptedException;
}
