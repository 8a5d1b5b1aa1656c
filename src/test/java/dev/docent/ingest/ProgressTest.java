package dev.docent.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProgressTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    @Test
    void aBarShowsShareRateAndTimeLeft() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Clock clock = Clock.fixed(START, ZoneOffset.UTC);
        ProgressBar bar =
                new ProgressBar(new PrintStream(out, true, StandardCharsets.UTF_8), clock);
        bar.step(10, 10, 4);
        bar.end();
        assertThat(out.toString(StandardCharsets.UTF_8).lines().toList())
                .last()
                .asString()
                .startsWith(
                        "[##############################] 10 of 10 files, 4 passages embedded,");
    }

    @Test
    void wordsTellRateAndTimeLeft() {
        assertThat(ProgressWords.words(25, 100, 50, Duration.ofSeconds(30)))
                .isEqualTo("25 of 100 files, 50 passages embedded, 1.7 a second, 1 min 30 s left");
    }

    @Test
    void linesComeAtMostEveryTenSeconds() {
        List<String> lines = new ArrayList<>();
        List<Instant> times =
                new ArrayList<>(
                        List.of(
                                START,
                                START.plusSeconds(5),
                                START.plusSeconds(11),
                                START.plusSeconds(12)));
        Clock clock =
                new Clock() {
                    @Override
                    public java.time.ZoneId getZone() {
                        return ZoneOffset.UTC;
                    }

                    @Override
                    public Clock withZone(java.time.ZoneId zone) {
                        return this;
                    }

                    @Override
                    public Instant instant() {
                        return times.removeFirst();
                    }
                };
        ProgressLines progress = new ProgressLines(lines::add, clock);
        progress.step(1, 10, 1);
        progress.step(2, 10, 2);
        progress.step(3, 10, 3);
        progress.waiting(Duration.ofSeconds(61));
        assertThat(lines)
                .containsExactly(
                        "2 of 10 files, 2 passages embedded, 0.2 a second, 44 s left",
                        "The quota of this minute is spent; going on in 1 min 1 s.");
    }
}
