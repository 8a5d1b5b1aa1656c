package dev.docent.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.docent.SettingInEffect;
import dev.docent.cli.CheckReport.Finding;
import dev.docent.cli.CheckReport.Status;
import dev.docent.config.ConfigurationReport;
import dev.docent.config.Problem;
import dev.docent.failure.Diagnosis;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class CheckReportTest {
    private final CheckReport report =
            new CheckReport(
                    new ConfigurationReport(
                            List.of(
                                    new Problem(
                                            Diagnosis.MISSING, "QDRANT_URI is empty.", "Set it.")),
                            List.of(new Problem(Diagnosis.BAD_VALUE, "log.level is WARNING.", ""))),
                    List.of(
                            new Finding(
                                    "gemini", "gemini-3.8-flash answers.", Duration.ofMillis(140)),
                            new Finding(
                                    "postgres",
                                    Status.FAILED,
                                    "The password is refused.",
                                    Duration.ofMillis(1204),
                                    "Copy the connection string again into DATABASE_URL.",
                                    false,
                                    Diagnosis.DATABASE_PASSWORD_REFUSED)),
                    List.of(
                            new SettingInEffect(
                                    "log.level", "LOG_LEVEL", "WARNING", ".env", List.of()),
                            new SettingInEffect(
                                    "database.url",
                                    "DATABASE_URL",
                                    "*****",
                                    "environment",
                                    List.of())));

    @Test
    void givesEachDependencyALine() {
        assertThat(report.text())
                .isEqualTo(
                        """
                        docent cannot start: 1 problem with its configuration

                          1. QDRANT_URI is empty. Set it. (DOCENT-001)

                        1 warning, which does not keep it from starting

                          - log.level is WARNING. (DOCENT-009)

                        Nothing was started. After a change Hugging Face restarts the Space by itself; try it on your own machine with: docent check

                          ok      gemini      140 ms  gemini-3.8-flash answers.
                          failed  postgres   1204 ms  The password is refused.
                                                      Copy the connection string again into DATABASE_URL. (DOCENT-077)
                        """);
    }

    @Test
    void tellsMachinesTheSame() {
        assertThat(report.json())
                .isEqualTo(
                        """
                        {"ok":false,\
                        "problems":[{"problem":"QDRANT_URI is empty.","action":"Set it.",\
                        "code":"DOCENT-001","variable":"QDRANT_URI","fix":"Set it."}],\
                        "warnings":[{"problem":"log.level is WARNING.","action":"",\
                        "code":"DOCENT-009","variable":"LOG_LEVEL","origin":".env","fix":""}],\
                        "checks":[{"name":"gemini","status":"ok",\
                        "found":"gemini-3.8-flash answers.","took_ms":140,"action":""},\
                        {"name":"postgres","status":"failed","found":"The password is refused.",\
                        "took_ms":1204,"action":"Copy the connection string again into DATABASE_URL.",\
                        "code":"DOCENT-077","variable":"DATABASE_URL","origin":"environment",\
                        "fix":"Copy the connection string again into DATABASE_URL."}]}\
                        """);
    }

    @Test
    void endsWithTheCodeForConfigurationWhenSomethingFailed() {
        assertThat(report.exitCode()).isEqualTo(78);
        assertThat(
                        new CheckReport(
                                        new ConfigurationReport(List.of(), List.of()),
                                        List.of(),
                                        List.of())
                                .exitCode())
                .isZero();
    }
}
