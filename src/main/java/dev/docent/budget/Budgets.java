package dev.docent.budget;

import dev.docent.failure.DependencyException;
import dev.docent.failure.Diagnosis;
import dev.docent.failure.Failure;
import dev.docent.failure.FailureCode;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts what readers ask for, and refuses what is too much. Only in memory: a new process starts
 * at zero, and a new day (UTC) does. Thread-safe.
 */
public final class Budgets {
    private static final Logger LOG = LoggerFactory.getLogger("budget");

    /** Of readers whose spending is known; who was seen longest ago is forgotten. */
    private static final int MOST_READERS = 20_000;

    private static final String SPENT =
            "This service has answered as much as it may today; please come back tomorrow.";

    private final BudgetSettings settings;
    private final InstantSource clock;
    private final ReaderKeys keys;

    /** Guards what follows, and {@code keys}. */
    private final ReentrantLock lock = new ReentrantLock();

    private final Map<String, Spending> readers = new LinkedHashMap<>(16, 0.75f, true);
    private LocalDate day;
    private int questions;
    private long tokens;
    private int texts;
    private int refused;

    /**
     * What all readers have spent today.
     *
     * @param questions that were taken
     * @param tokens that the language model read and wrote
     * @param texts that were embedded
     * @param refused how many questions and searches were too much
     */
    public record Today(int questions, long tokens, int texts, int refused) {}

    /** A question that is being answered; to be closed when it is. */
    public interface Answering extends AutoCloseable {
        @Override
        void close();
    }

    /** Starts at zero. */
    public Budgets(BudgetSettings settings, InstantSource clock) {
        this.settings = settings;
        this.clock = clock;
        this.keys = new ReaderKeys(settings);
        this.day = today(clock.instant());
    }

    /**
     * Counts a question.
     *
     * @param peer the address at the other end of the connection
     * @param forwarded the values of {@code X-Forwarded-For}
     * @throws OverBudgetException when it is one too many
     */
    public Answering question(String peer, List<String> forwarded) {
        lock.lock();
        try {
            Instant now = turn();
            require(spent(settings.allQuestionsPerDay(), questions), now, "questions");
            require(spent(settings.allTokensPerDay(), tokens), now, "model tokens");
            Optional<Spending> reader = reader(peer, forwarded);
            if (reader.isEmpty()) {
                questions++;
                return () -> {};
            }
            refuse(reader.get().question(System.nanoTime(), restOfDay(now)));
            questions++;
            return () -> ended(reader.get());
        } finally {
            lock.unlock();
        }
    }

    /**
     * Counts a search.
     *
     * @throws OverBudgetException when it is one too many
     */
    public void search(String peer, List<String> forwarded) {
        lock.lock();
        try {
            Instant now = turn();
            int most = settings.allTextsPerDay();
            long leave = (long) most * settings.reserve() / 100;
            require(most > 0 && texts >= most - leave, now, "texts to embed");
            Optional<Spending> reader = reader(peer, forwarded);
            if (reader.isPresent()) {
                refuse(reader.get().search(System.nanoTime()));
            }
        } finally {
            lock.unlock();
        }
    }

    /** Notes what the language model read and wrote. */
    public void tokens(long used) {
        lock.lock();
        try {
            turn();
            tokens += used;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Counts a question to embed.
     *
     * @param embedding embeds it
     * @throws DependencyException when it is one too many; passages are then found by words alone
     */
    public float[] embedded(Supplier<float[]> embedding) {
        if (!text()) {
            throw new DependencyException(
                    new Failure(
                            Diagnosis.BUDGET_USED_UP,
                            FailureCode.QUOTA_EXCEEDED,
                            Failure.Nature.EXHAUSTED,
                            SPENT,
                            "The day's texts to embed are spent (budget.all-texts-per-day).",
                            "Allow more, or wait until tomorrow.",
                            restOfDay(clock.instant())));
        }
        return embedding.get();
    }

    /** Counts a text to embed; false when it is one too many. */
    boolean text() {
        lock.lock();
        try {
            turn();
            if (spent(settings.allTextsPerDay(), texts)) {
                return false;
            }
            texts++;
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** What has been spent today. */
    public Today today() {
        lock.lock();
        try {
            turn();
            return new Today(questions, tokens, texts, refused);
        } finally {
            lock.unlock();
        }
    }

    /** How many readers are remembered. */
    int remembered() {
        lock.lock();
        try {
            return readers.size();
        } finally {
            lock.unlock();
        }
    }

    /** Begins a new day if it is one. */
    private Instant turn() {
        Instant now = clock.instant();
        LocalDate date = today(now);
        if (date.isAfter(day)) {
            day = date;
            questions = 0;
            tokens = 0;
            texts = 0;
            refused = 0;
            // Answers that still run give their place back to an object that nobody looks at.
            readers.clear();
            keys.forget();
        }
        return now;
    }

    private Optional<Spending> reader(String peer, List<String> forwarded) {
        return keys.of(peer, forwarded)
                .map(key -> {
                    Spending spending =
                            readers.computeIfAbsent(
                                    key, _ -> new Spending(settings, System.nanoTime()));
                    forgetOldest();
                    return spending;
                });
    }

    private void forgetOldest() {
        Iterator<Spending> oldest = readers.values().iterator();
        while (readers.size() > MOST_READERS && oldest.hasNext()) {
            if (!oldest.next().busy()) {
                oldest.remove();
            }
        }
    }

    private void ended(Spending reader) {
        lock.lock();
        try {
            reader.ended();
        } finally {
            lock.unlock();
        }
    }

    private void require(boolean spent, Instant now, String what) {
        if (spent) {
            if (refused == 0) {
                LOG.warn("the day's {} are spent; see budget.* in the configuration", what);
            }
            refuse(Optional.of(new Refusal(SPENT, restOfDay(now))));
        }
    }

    private void refuse(Optional<Refusal> why) {
        if (why.isPresent()) {
            refused++;
            throw new OverBudgetException(why.get());
        }
    }

    private static boolean spent(int most, long used) {
        return most > 0 && used >= most;
    }

    private static LocalDate today(Instant now) {
        return LocalDate.ofInstant(now, ZoneOffset.UTC);
    }

    private static Duration restOfDay(Instant now) {
        return Duration.between(
                now, today(now).plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant());
    }
}
