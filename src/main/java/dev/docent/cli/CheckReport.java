package dev.docent.cli;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.docent.config.ConfigurationReport;
import dev.docent.config.Problem;
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
     */
    record Finding(String name, Status status, String found, Duration took, String action) {}

    /** Fine where the service would start and serve. */
    int exitCode() {
        boolean failed = findings.stream().anyMatch(f -> f.status() == Status.FAILED);
        return configuration.fine() && !failed ? ExitCode.OK : ExitCode.CONFIGURATION;
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
                            finding.took().toMillis(),
                            finding.found()));
            if (!finding.action().isEmpty()) {
                out.append(" ".repeat(widest + 22)).append(finding.action()).append('\n');
            }
        }
        return out.toString();
    }

    /** For machines: one JSON object with the same content. */
    String json() {
        ObjectNode root = new JsonMapper().createObjectNode();
        root.put("ok", exitCode() == ExitCode.OK);
        problems(root.putArray("problems"), configuration.problems());
        problems(root.putArray("warnings"), configuration.warnings());
        ArrayNode checks = root.putArray("checks");
        for (Finding finding : findings) {
            checks.addObject()
                    .put("name", finding.name())
                    .put("status", finding.status().wire())
                    .put("found", finding.found())
                    .put("took_ms", finding.took().toMillis())
                    .put("action", finding.action());
        }
        return root.toString();
    }

    private static void problems(ArrayNode array, List<Problem> problems) {
        for (Problem problem : problems) {
            array.addObject().put("problem", problem.headline()).put("action", problem.remedy());
        }
    }
}
