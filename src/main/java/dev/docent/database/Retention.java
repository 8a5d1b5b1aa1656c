package dev.docent.database;

import dev.docent.chat.Conversations;
import dev.docent.failure.DependencyException;
import dev.docent.waiting.Sleeper;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deletes what is older than the owner wants to keep: soon after the start, when the database is
 * awake anyway, and then once a day, in small steps. Thread-safe.
 */
public final class Retention implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger("chat");

    private static final Duration AFTER_THE_START = Duration.ofMinutes(1);
    private static final Duration EVERY = Duration.ofDays(1);

    /** How many conversations a step deletes, which others wait for. */
    private static final int STEP = 100;

    private static final Duration BETWEEN_STEPS = Duration.ofMillis(200);

    private final Conversations conversations;
    private final Duration keep;
    private final InstantSource clock;
    private final Sleeper sleeper;
    private final Thread thread;

    /**
     * Begins.
     *
     * @param keep how long a conversation is kept after its last message; zero is for ever
     */
    public Retention(Conversations conversations, Duration keep, InstantSource clock) {
        this(conversations, keep, clock, Thread::sleep);
    }

    /**
     * The same.
     *
     * @param sleeper waits for the next day, and between steps
     */
    Retention(Conversations conversations, Duration keep, InstantSource clock, Sleeper sleeper) {
        this.conversations = conversations;
        this.keep = keep;
        this.clock = clock;
        this.sleeper = sleeper;
        this.thread = Thread.ofVirtual().name("retention").unstarted(this::run);
        if (keep.isPositive()) {
            thread.start();
        }
    }

    @Override
    public void close() {
        thread.interrupt();
    }

    private void run() {
        try {
            sleeper.sleep(AFTER_THE_START);
            while (true) {
                sweep();
                sleeper.sleep(EVERY);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void sweep() throws InterruptedException {
        Instant before = clock.instant().minus(keep);
        int all = 0;
        try {
            for (int n = step(before); n > 0; n = step(before)) {
                all += n;
                sleeper.sleep(BETWEEN_STEPS);
            }
        } catch (DependencyException e) {
            LOG.warn("old conversations were not all deleted: {}", e.failure().briefly());
        }
        if (all > 0) {
            LOG.info("{} conversations and questions older than {} deleted", all, before);
        }
    }

    private int step(Instant before) {
        return conversations.forget(before, STEP);
    }
}
