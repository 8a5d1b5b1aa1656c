package dev.docent.ingest;

import java.io.PrintStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** Progress as one line of a terminal that is written over and over. Not thread-safe. */
public final class ProgressBar implements Progress {
    private static final int WIDTH = 30;
    private static final Duration REDRAW = Duration.ofMillis(100);

    private final PrintStream terminal;
    private final Clock clock;
    private final Instant start;
    private Instant drawn = Instant.MIN;
    private int length;

    public ProgressBar(PrintStream terminal, Clock clock) {
        this.terminal = terminal;
        this.clock = clock;
        start = clock.instant();
    }

    @Override
    public void step(int done, int all, int embedded) {
        Instant now = clock.instant();
        if (done < all && drawn.isAfter(now.minus(REDRAW))) {
            return;
        }
        drawn = now;
        int full = all == 0 ? WIDTH : (int) ((long) WIDTH * done / all);
        String bar = "#".repeat(full) + "-".repeat(WIDTH - full);
        draw(
                "[%s] %s"
                        .formatted(
                                bar,
                                ProgressWords.words(
                                        done, all, embedded, Duration.between(start, now))));
    }

    @Override
    public void waiting(Duration pause) {
        draw("The quota of this minute is spent; going on in " + ProgressWords.time(pause) + ".");
    }

    @Override
    public void end() {
        if (length > 0) {
            terminal.println();
            length = 0;
        }
    }

    private void draw(String line) {
        String blank = " ".repeat(Math.max(0, length - line.length()));
        terminal.print("\r" + line + blank);
        terminal.flush();
        length = line.length();
    }
}
