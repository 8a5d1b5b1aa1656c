package dev.docent.waiting;

import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;

/**
 * A clock for measuring how long something lasts: it starts at the time of day and then only goes
 * forward, while the machine's clock is set back by NTP or when a virtual machine resumes.
 */
public final class SteadyTime {
    private SteadyTime() {}

    /** A clock that starts with what another one says now. */
    public static InstantSource from(InstantSource timeOfDay) {
        Instant start = timeOfDay.instant();
        long began = System.nanoTime();
        return () -> start.plusNanos(System.nanoTime() - began);
    }

    /** The same, from the machine's clock. */
    public static Clock now() {
        return from(InstantSource.system()).withZone(ZoneOffset.UTC);
    }
}
