package dev.docent.qdrant;

import dev.docent.failure.DependencyException;
import dev.docent.lucene.WordIndex;
import dev.docent.qdrant.Transport.Scroll;
import dev.docent.waiting.TimeLimit;
import dev.docent.waiting.TimeLimit.Leftover;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The words and outlines of the collection that is searched, read from it once for each state of it
 * and in the background. Qdrant then answers by vectors alone: it need not be asked how rare a word
 * is, whether one was mistyped, or what stands around a passage. Thread-safe.
 */
final class Lexicon implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Lexicon.class);

    /** A page stays small even where another program stored whole documents. */
    private static final int PAGE = 100;

    private static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(5);

    private final Transport transport;
    private final Duration patience;
    private final Clock clock;
    private final ExecutorService background = Executors.newVirtualThreadPerTaskExecutor();
    private @Nullable Learnt learnt;
    private @Nullable Learning learning;
    private Instant failedAt = Instant.MIN;

    private record Learnt(String state, WordIndex words) {}

    private record Learning(String state, Instant began, Future<WordIndex> words) {}

    /**
     * Nothing is read yet.
     *
     * @param patience how long after the reading began searches wait for the first words
     */
    Lexicon(Transport transport, Duration patience, Clock clock) {
        this.transport = transport;
        this.patience = patience;
        this.clock = clock;
    }

    /**
     * What is known of a collection; if it has changed, that of its former state until the new one
     * is read. Null if nothing could be read in time.
     */
    @Nullable WordIndex of(Target target) {
        Learning awaited;
        synchronized (this) {
            Learnt known = learnt;
            if (known != null && known.state.equals(target.state())) {
                return known.words;
            }
            Learning begun = begun(target);
            if (known != null || begun == null) {
                return known == null ? null : known.words;
            }
            awaited = begun;
        }
        Duration left = Duration.between(clock.instant(), awaited.began.plus(patience));
        try {
            return new TimeLimit(left, Leftover.KEEP).await(awaited.words);
        } catch (TimeoutException | ExecutionException e) {
            // What failed has been logged where it failed; the search goes on by vectors alone.
            return null;
        } catch (CancellationException e) {
            if (Thread.currentThread().isInterrupted()) {
                throw e;
            }
            // The collection has changed meanwhile, and is read anew.
            return null;
        }
    }

    /** Begins to read a collection, so that the first reader need not wait for it. */
    synchronized void prepare(Target target) {
        Learnt known = learnt;
        if (known == null || !known.state.equals(target.state())) {
            // What it returns is for those who wait.
            Learning _ = begun(target);
        }
    }

    /** Lets the next search wait for the words of what is published then. */
    synchronized void forget() {
        learnt = null;
        failedAt = Instant.MIN;
    }

    @Override
    public void close() {
        background.shutdownNow();
    }

    /** The reading of a state that is under way; null in the pause after one failed. */
    private @Nullable Learning begun(Target target) {
        Learning now = learning;
        if (now != null && now.state.equals(target.state())) {
            return now;
        }
        if (clock.instant().isBefore(failedAt.plus(PAUSE_AFTER_FAILURE))) {
            return null;
        }
        if (now != null) {
            now.words.cancel(true);
        }
        Learning begun =
                new Learning(
                        target.state(), clock.instant(), background.submit(() -> learn(target)));
        learning = begun;
        return begun;
    }

    private WordIndex learn(Target target) {
        WordIndex built = null;
        try {
            WordIndex.Builder words = new WordIndex.Builder();
            transport.forEachPage(
                    target.name(),
                    Scroll.all(Math.min(PAGE, target.most())),
                    points ->
                            points.forEach(point ->
                                    words.add(Payload.passage(point.id(), point.payload()))));
            built = words.build();
            return built;
        } catch (RuntimeException e) {
            LOG.warn(
                    "The words of {} could not be read, so that it is searched by vectors alone for"
                            + " now: {}",
                    target.name(),
                    e instanceof DependencyException failed ? failed.failure().briefly() : e);
            throw e;
        } finally {
            ended(target.state(), built);
        }
    }

    private synchronized void ended(String state, @Nullable WordIndex words) {
        Learning now = learning;
        if (now == null || !now.state.equals(state)) {
            return;
        }
        learning = null;
        if (words == null) {
            failedAt = clock.instant();
        } else {
            learnt = new Learnt(state, words);
        }
    }
}
