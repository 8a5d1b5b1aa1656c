package dev.docent.resume;

import dev.docent.chat.AnswerEvent;
import dev.docent.chat.AnswerSink;
import dev.docent.chat.Cancellation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The events of one answer, kept for whoever reads them now or later. Its length is bounded by the
 * longest answer. Thread-safe.
 */
public final class ResumableAnswer implements AnswerSink {
    /** How often a follower looks whether its reader is still there. */
    private static final Duration LOOK = Duration.ofMillis(100);

    private final Cancellation cancellation = new Cancellation();
    private final long deadline;
    private final Duration abandonedAfter;

    /** Guards what follows. */
    private final ReentrantLock lock = new ReentrantLock();

    private final Condition grown = lock.newCondition();
    private final List<AnswerEvent> events = new ArrayList<>();
    private int characters;
    private int shown;
    private int followers;
    private long lastFollowed = System.nanoTime();
    private boolean ended;
    private long endedAt;

    ResumableAnswer(Duration longest, Duration abandonedAfter) {
        this.deadline = System.nanoTime() + longest.toNanos();
        this.abandonedAfter = abandonedAfter;
    }

    /** Ends the work on the answer. */
    public Cancellation cancellation() {
        return cancellation;
    }

    @Override
    public void accept(AnswerEvent event) {
        lock.lock();
        try {
            events.add(event);
            if (event instanceof AnswerEvent.Token token) {
                characters += token.content().length();
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void flush() {
        lock.lock();
        try {
            shown = events.size();
            grown.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** The last event was given. */
    public void end() {
        lock.lock();
        try {
            shown = events.size();
            ended = true;
            endedAt = System.nanoTime();
            grown.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Sends a reader the events after one, as they come, until the last one or until the reader has
     * left.
     *
     * @param after number of the last event that the reader has, 0 for none
     */
    public void follow(int after, Follower reader) throws InterruptedException {
        joined(1);
        try {
            int sent = after;
            while (!reader.left()) {
                List<AnswerEvent> next = await(sent);
                for (AnswerEvent event : next) {
                    sent++;
                    reader.accept(sent, event);
                }
                reader.flush();
                if (next.isEmpty() && allSent(sent)) {
                    return;
                }
            }
        } finally {
            joined(-1);
        }
    }

    /** Whether its last event was given. */
    boolean ended() {
        lock.lock();
        try {
            return ended;
        } finally {
            lock.unlock();
        }
    }

    /** Whether it ended longer ago than this. */
    boolean endedBefore(long now, Duration kept) {
        lock.lock();
        try {
            return ended && followers == 0 && now - endedAt > kept.toNanos();
        } finally {
            lock.unlock();
        }
    }

    /** Its length in characters. */
    int characters() {
        lock.lock();
        try {
            return characters;
        } finally {
            lock.unlock();
        }
    }

    /** Ends an answer that takes too long, or that nobody has read for a while. */
    void tick(long now) {
        lock.lock();
        try {
            if (ended) {
                return;
            }
            if (now - deadline > 0) {
                cancellation.cancel(Cancellation.Reason.DEADLINE);
            } else if (followers == 0 && now - lastFollowed > abandonedAfter.toNanos()) {
                cancellation.cancel(Cancellation.Reason.READER_LEFT);
            }
        } finally {
            lock.unlock();
        }
    }

    private void joined(int change) {
        lock.lock();
        try {
            followers += change;
            lastFollowed = System.nanoTime();
        } finally {
            lock.unlock();
        }
    }

    private List<AnswerEvent> await(int sent) throws InterruptedException {
        lock.lock();
        try {
            long left = LOOK.toNanos();
            while (shown <= sent && !ended && left > 0) {
                left = grown.awaitNanos(left);
            }
            return shown > sent ? List.copyOf(events.subList(sent, shown)) : List.of();
        } finally {
            lock.unlock();
        }
    }

    private boolean allSent(int sent) {
        lock.lock();
        try {
            return ended && sent >= shown;
        } finally {
            lock.unlock();
        }
    }
}
