package dev.docent.ingest;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;

/** Limits texts per minute: says how long to wait before the next ones. */
final class RateLimiter {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final int perMinute;
    private final Clock clock;
    private final Deque<Sent> sent = new ArrayDeque<>();
    private int within;

    private record Sent(Instant at, int texts) {}

    RateLimiter(int perMinute, Clock clock) {
        this.perMinute = perMinute;
        this.clock = clock;
    }

    /** The largest batch within the limit. */
    int most(int batch) {
        return perMinute == 0 ? batch : Math.min(batch, perMinute);
    }

    /** How long to wait until this many texts may be sent; zero if they may go now. */
    Duration before(int texts) {
        Instant now = clock.instant();
        while (!sent.isEmpty() && !sent.getFirst().at.plus(MINUTE).isAfter(now)) {
            within -= sent.removeFirst().texts;
        }
        if (perMinute == 0 || within + texts <= perMinute) {
            return Duration.ZERO;
        }
        int free = perMinute - within;
        for (Sent batch : sent) {
            free += batch.texts;
            if (free >= texts) {
                return Duration.between(now, batch.at.plus(MINUTE));
            }
        }
        return MINUTE;
    }

    /** Notes texts that were sent. */
    void spent(int texts) {
        if (perMinute > 0) {
            sent.addLast(new Sent(clock.instant(), texts));
            within += texts;
        }
    }
}
