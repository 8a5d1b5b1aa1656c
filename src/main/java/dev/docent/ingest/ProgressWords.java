package dev.docent.ingest;

import java.time.Duration;
import java.util.Locale;

/** Describes in words how fast a run is and how long it will take. */
final class ProgressWords {
    private ProgressWords() {}

    static String words(int done, int all, int embedded, Duration passed) {
        double seconds = Math.max(0.001, passed.toMillis() / 1000.0);
        String rate = String.format(Locale.ROOT, "%.1f", embedded / seconds);
        String left =
                done == 0 || done == all
                        ? ""
                        : ", " + time(passed.multipliedBy(all - done).dividedBy(done)) + " left";
        return "%d of %d files, %d passages embedded, %s a second%s"
                .formatted(done, all, embedded, rate, left);
    }

    /** A duration for people: {@code 1 min 5 s}. */
    static String time(Duration time) {
        long seconds = Math.max(1, Math.ceilDiv(time.toMillis(), 1000));
        return seconds < 60 ? seconds + " s" : seconds / 60 + " min " + seconds % 60 + " s";
    }
}
