package dev.docent.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class OpenMetricsTest {
    @Test
    void writesTheFormatThatPrometheusReads() {
        assertThat(
                        new OpenMetrics()
                                .counter("asked", "Questions.", 7)
                                .counters(
                                        "refused",
                                        "By \"budget\".",
                                        "budget",
                                        Map.of("a\"\\\n", 2L))
                                .gauge("running", "Answers.", 1)
                                .gauges("up", "Works.", "dependency", Map.of())
                                .text())
                .isEqualTo(
                        """
                        # TYPE asked counter
                        # HELP asked Questions.
                        asked_total 7
                        # TYPE refused counter
                        # HELP refused By \\"budget\\".
                        refused_total{budget="a\\"\\\\\\n"} 2
                        # TYPE running gauge
                        # HELP running Answers.
                        running 1
                        # TYPE up gauge
                        # HELP up Works.
                        # EOF
                        """);
    }
}
