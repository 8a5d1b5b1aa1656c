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
import java.util.TreeMap;
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

    private static final String QUESTIONS = "all-questions-per-day";
    private static final String TOKENS = "all-tokens-per-day";
    private static final String TEXTS = "all-texts-per-day";

    private final BudgetSettings settings;
    private final InstantSource clock;
    private final ReaderKeys keys;

    /** Guards what follows, and {@code keys}. */
    private final ReentrantLock lock = new ReentrantLock();

    private final Map<String, Spending> readers = new LinkedHashMap<>(16, 0.75f, true);
    private LocalDate day;
    private Used today = Used.NOTHING;
    private Used ever = Used.NOTHING;

    /** A question that is being answered; to be closed when it is. */
    public interface Answering extends AutoCloseable {
        /** Who asks, by a name that says nothing; empty where that is not known. */
        String reader();

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
            require(spent(settings.allQuestionsPerDay(), today.questions()), now, QUESTIONS);
            require(spent(settings.allTokensPerDay(), today.tokens()), now, TOKENS);
            Optional<String> key = keys.of(peer, forwarded);
            Optional<Spending> reader = key.map(this::spending);
            if (reader.isPresent()) {
                refuse(reader.get().question(System.nanoTime(), restOfDay(now)));
            }
            add(new Used(1, 0, 0, 0, Map.of()));
            return new Counted(key.orElse(""), () -> reader.ifPresent(this::ended));
        } finally {
            lock.unlock();
        }
    }

    /**
     * Counts a search.
     *
     * @return who asks, by a name that says nothing; empty where that is not known
     * @throws OverBudgetException when it is one too many
     */
    public String search(String peer, List<String> forwarded) {
        lock.lock();
        try {
            Instant now = turn();
            int most = settings.allTextsPerDay();
            long leave = (long) most * settings.reserve() / 100;
            require(most > 0 && today.texts() >= most - leave, now, TEXTS);
            Optional<String> key = keys.of(peer, forwarded);
            if (key.isPresent()) {
                refuse(spending(key.get()).search(System.nanoTime()));
            }
            add(new Used(0, 1, 0, 0, Map.of()));
            return key.orElse("");
        } finally {
            lock.unlock();
        }
    }

    /** Notes what the language model read and wrote. */
    public void tokens(long used) {
        lock.lock();
        try {
            turn();
            add(new Used(0, 0, used, 0, Map.of()));
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
            boolean spent = spent(settings.allTextsPerDay(), today.texts());
            if (spent) {
                tellOnce(TEXTS);
            }
            add(spent ? Used.refused(TEXTS) : new Used(0, 0, 0, 1, Map.of()));
            return !spent;
        } finally {
            lock.unlock();
        }
    }

    /** What has been spent since midnight. */
    public Used today() {
        lock.lock();
        try {
            turn();
            return today;
        } finally {
            lock.unlock();
        }
    }

    /** What has been spent since the start. */
    public Used ever() {
        lock.lock();
        try {
            return ever;
        } finally {
            lock.unlock();
        }
    }

    /** What is left today of the budgets of all readers that have a limit, by their names. */
    public Map<String, Long> left() {
        Used spent = today();
        Map<String, Long> left = new TreeMap<>();
        putLeft(left, QUESTIONS, settings.allQuestionsPerDay(), spent.questions());
        putLeft(left, TOKENS, settings.allTokensPerDay(), spent.tokens());
        putLeft(left, TEXTS, settings.allTextsPerDay(), spent.texts());
        return left;
    }

    private static void putLeft(Map<String, Long> left, String name, int most, long used) {
        if (most > 0) {
            left.put(name, Math.max(0, most - used));
        }
    }

    private void add(Used more) {
        today = today.plus(more);
        ever = ever.plus(more);
    }

    /**
     * Whether a request comes from this machine or its network, and no proxy has passed it on.
     *
     * @param peer the address at the other end of the connection
     */
    public static boolean isNear(String peer, List<String> forwarded) {
        return forwarded.isEmpty() && ReaderKeys.isPrivate(peer);
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
            today = Used.NOTHING;
            // Answers that still run give their place back to an object that nobody looks at.
            readers.clear();
            keys.forget();
        }
        return now;
    }

    private Spending spending(String key) {
        Spending spending =
                readers.computeIfAbsent(key, _ -> new Spending(settings, System.nanoTime()));
        forgetOldest();
        return spending;
    }

    private record Counted(String reader, Runnable end) implements Answering {
        @Override
        public void close() {
            end.run();
        }
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

    private void require(boolean spent, Instant now, String budget) {
        if (spent) {
            tellOnce(budget);
            refuse(Optional.of(new Refusal(budget, SPENT, restOfDay(now))));
        }
    }

    private void tellOnce(String budget) {
        if (!today.refusals().containsKey(budget)) {
            LOG.warn(
                    "what the day has is spent: budget.{} ({})",
                    budget,
                    Diagnosis.BUDGET_USED_UP.code());
        }
    }

    private void refuse(Optional<Refusal> why) {
        if (why.isPresent()) {
            add(Used.refused(why.get().budget()));
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
