package dev.docent.resume;

import dev.docent.chat.Cancellation;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The answers of this process that can be read on: those that run, and for a while those that have
 * ended. There is one for a conversation, the latest. Thread-safe.
 */
public final class RunningAnswers {
    /** How long an answer goes on while nobody reads it. */
    private static final Duration ABANDONED_AFTER = Duration.ofSeconds(30);

    /** How long an answer is kept after its end. */
    private static final Duration KEPT = Duration.ofMinutes(2);

    /** How many characters all answers may have together before ended ones are dropped. */
    private static final int MOST_CHARACTERS = 16 << 20;

    private final Duration abandonedAfter;
    private final int most;
    private final int mostCharacters;

    /** Guards {@code answers}. */
    private final ReentrantLock lock = new ReentrantLock();

    private final Map<UUID, ResumableAnswer> answers = new LinkedHashMap<>();

    /**
     * Keeps nothing yet.
     *
     * @param most how many answers may run at once; as many more are kept after their end
     */
    public RunningAnswers(int most) {
        this(most, MOST_CHARACTERS, ABANDONED_AFTER);
    }

    RunningAnswers(int most, int mostCharacters, Duration abandonedAfter) {
        this.most = 2 * most;
        this.mostCharacters = mostCharacters;
        this.abandonedAfter = abandonedAfter;
    }

    /**
     * A new answer in a conversation. One that runs there already goes on for those who read it.
     *
     * @param longest after this time it is ended
     */
    public ResumableAnswer begin(UUID conversation, Duration longest) {
        ResumableAnswer answer = new ResumableAnswer(longest, abandonedAfter);
        lock.lock();
        try {
            // Behind all others, also where the conversation has had one.
            answers.remove(conversation);
            answers.put(conversation, answer);
            dropOldest();
            return answer;
        } finally {
            lock.unlock();
        }
    }

    /** The latest answer in a conversation; empty where this process knows none. */
    public Optional<ResumableAnswer> find(UUID conversation) {
        lock.lock();
        try {
            return Optional.ofNullable(answers.get(conversation));
        } finally {
            lock.unlock();
        }
    }

    /** Does what is due; to be called several times a second. */
    public void tick(long now) {
        lock.lock();
        try {
            answers.values().removeIf(answer -> answer.endedBefore(now, KEPT));
            answers.values().forEach(answer -> answer.tick(now));
        } finally {
            lock.unlock();
        }
    }

    /** Ends all of them because the service shuts down. */
    public void shutDown() {
        lock.lock();
        try {
            answers.values()
                    .forEach(answer -> answer.cancellation().cancel(Cancellation.Reason.SHUTDOWN));
        } finally {
            lock.unlock();
        }
    }

    /** How many are kept. */
    int size() {
        lock.lock();
        try {
            return answers.size();
        } finally {
            lock.unlock();
        }
    }

    private void dropOldest() {
        long characters = 0;
        for (ResumableAnswer answer : answers.values()) {
            characters += answer.characters();
        }
        Iterator<ResumableAnswer> oldest = answers.values().iterator();
        while (oldest.hasNext() && (answers.size() > most || characters > mostCharacters)) {
            ResumableAnswer answer = oldest.next();
            if (answer.ended()) {
                characters -= answer.characters();
                oldest.remove();
            }
        }
    }
}
