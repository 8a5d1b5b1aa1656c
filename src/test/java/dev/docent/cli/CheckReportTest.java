package dev.docent.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.docent.cli.CheckReport.Finding;
import dev.docent.cli.CheckReport.Status;
import dev.docent.config.ConfigurationReport;
import dev.docent.config.Problem;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class CheckReportTest {
    private final CheckReport report =
            new CheckReport(
                    new ConfigurationReport(
                            List.of(), List.of(new Problem("LOG_LEVEL is WARNING.", ""))),
                    List.of(
                            new Finding(
                                    "gemini",
                                    Status.OK,
                                    "gemini-3.8-flash answers.",
                                    Duration.ofMillis(140),
                                    ""),
                            new Finding(
                                    "postgres",
                                    Status.FAILED,
                                    "The password is refused.",
                                    Duration.ofMillis(1204),
                                    "Copy the connection string again.")));

    @Test
    void givesEachDependencyALine() {
        assertThat(report.text())
                .isEqualTo(
                        """
                        The configuration is complete.

                        1 warning, which does not keep it from starting

                          - LOG_LEVEL is WARNING.

                          ok      gemini      140 ms  gemini-3.8-flash answers.
                          failed  postgres   1204 ms  The password is refused.
                                                      Copy the connection string again.
                        """);
    }

    @Test
    void tellsMachinesTheSame() {
        assertThat(report.json())
                .isEqualTo(
                        """
                        {"ok":false,"problems":[],\
                        "warnings":[{"problem":"LOG_LEVEL is WARNING.","action":""}],\
                        "checks":[{"name":"gemini","status":"ok",\
                        "found":"gemini-3.8-flash answers.","took_ms":140,"action":""},\
                        {"name":"postgres","status":"failed","found":"The password is refused.",\
                        "took_ms":1204,"action":"Copy the connection string again."}]}\
                        """);
    }

    @Test
    void endsWithTheCodeForConfigurationWhenSomethingFailed() {
        assertThat(report.exitCode()).isEqualTo(78);
        assertThat(new CheckReport(report.configuration(), List.of()).exitCode()).isZero();
    }
}
