package dev.docent.cli;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.docent.config.ConfigurationReport;
import dev.docent.config.Problem;
import dev.docent.json.Json;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * What {@code docent check} found: the configuration's report, and a finding for each dependency
 * that was called. Holds no secret.
 *
 * @param configuration the report of the rules alone
 * @param findings one per dependency, in the order to be shown; empty if none was called
 */
record CheckReport(ConfigurationReport configuration, List<Finding> findings) {
    CheckReport {
        findings = List.copyOf(findings);
    }

    enum Status {
        OK,
        WARN,
        FAILED;

        @JsonValue
        String wire() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * What one dependency answered.
     *
     * @param name of the part, for example {@code qdrant}
     * @param found one sentence
     * @param took how long it took
     * @param action what to do; empty for nothing
     * @param passing whether what failed may work later with the same configuration
     */
    @JsonPropertyOrder({"name", "status", "found", "took_ms", "action", "passing"})
    record Finding(
            String name,
            Status status,
            String found,
            @JsonIgnore Duration took,
            String action,
            @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean passing) {
        Finding(String name, Status status, String found, Duration took, String action) {
            this(name, status, found, took, action, false);
        }

        @JsonProperty("took_ms")
        long millis() {
            return took.toMillis();
        }
    }

    /** Fine where the service would start and serve; tells what to change from what to wait for. */
    int exitCode() {
        List<Finding> failed = findings.stream().filter(f -> f.status() == Status.FAILED).toList();
        if (!configuration.fine() || !failed.stream().allMatch(Finding::passing)) {
            return ExitCode.CONFIGURATION;
        }
        return failed.isEmpty() ? ExitCode.OK : ExitCode.OUTAGE;
    }

    /** For people: the configuration's report, then a line each. */
    String text() {
        StringBuilder out = new StringBuilder(configuration.text());
        if (!findings.isEmpty()) {
            out.append('\n');
        }
        int widest = findings.stream().mapToInt(f -> f.name().length()).max().orElse(1);
        for (Finding finding : findings) {
            out.append(
                    String.format(
                            Locale.ROOT,
                            "  %-6s  %-" + widest + "s  %5d ms  %s\n",
                            finding.status().wire(),
                            finding.name(),
                            finding.millis(),
                            finding.found()));
            if (!finding.action().isEmpty()) {
                out.append(" ".repeat(widest + 22)).append(finding.action()).append('\n');
            }
        }
        return out.toString();
    }

    /** For machines: one JSON object with the same content. */
    String json() {
        return Json.text(
                new Body(
                        exitCode() == ExitCode.OK,
                        configuration.problems().stream().map(Remark::new).toList(),
                        configuration.warnings().stream().map(Remark::new).toList(),
                        findings));
    }

    private record Body(
            boolean ok, List<Remark> problems, List<Remark> warnings, List<Finding> checks) {}

    private record Remark(String problem, String action) {
        Remark(Problem problem) {
            this(problem.headline(), problem.remedy());
        }
    }
}
