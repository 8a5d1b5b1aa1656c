package dev.docent.waiting;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;

class SteadyTimeTest {
    private Instant timeOfDay = Instant.parse("2026-11-30T12:00:00Z");

    @Test
    void goesOnForwardWhenTheClockIsSetBack() {
        InstantSource steady = SteadyTime.from(() -> timeOfDay);
        Instant before = steady.instant();
        timeOfDay = timeOfDay.minusSeconds(3600);
        assertThat(steady.instant()).isAfterOrEqualTo(before);
        assertThat(before).isAfterOrEqualTo("2026-11-30T12:00:00Z");
    }
}
