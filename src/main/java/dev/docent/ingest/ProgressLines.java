package dev.docent.ingest;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;

/** Progress as plain lines for a log, one at most every ten seconds. Not thread-safe. */
public final class ProgressLines implements Progress {
    private static final Duration EVERY = Duration.ofSeconds(10);

    private final Consumer<String> log;
    private final Clock clock;
    private final Instant start;
    private Instant said;

    public ProgressLines(Consumer<String> log, Clock clock) {
        this.log = log;
        this.clock = clock;
        start = clock.instant();
        said = start;
    }

    @Override
    public void step(int done, int all, int embedded) {
        Instant now = clock.instant();
        if (Duration.between(said, now).compareTo(EVERY) >= 0) {
            said = now;
            log.accept(ProgressWords.words(done, all, embedded, Duration.between(start, now)));
        }
    }

    @Override
    public void waiting(Duration pause) {
        log.accept(
                "The quota of this minute is spent; going on in "
                        + ProgressWords.time(pause)
                        + ".");
    }

    @Override
    public void end() {}
}
