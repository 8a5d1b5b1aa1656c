package dev.docent.cli;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.docent.SettingInEffect;
import dev.docent.config.ConfigurationReport;
import dev.docent.config.Problem;
import dev.docent.failure.Diagnosis;
import dev.docent.json.Json;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What {@code docent check} found: the configuration's report, and a finding for each dependency
 * that was called. Holds no secret.
 *
 * @param configuration the report of the rules alone
 * @param findings one per dependency, in the order to be shown; empty if none was called
 * @param settings in effect, with where each comes from
 */
record CheckReport(
        ConfigurationReport configuration, List<Finding> findings, List<SettingInEffect> settings) {
    CheckReport {
        findings = List.copyOf(findings);
        settings = List.copyOf(settings);
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
     * @param diagnosis of which kind it is; null for what is well
     */
    record Finding(
            String name,
            Status status,
            String found,
            Duration took,
            String action,
            boolean passing,
            @Nullable Diagnosis diagnosis) {
        /** What is well. */
        Finding(String name, String found, Duration took) {
            this(name, Status.OK, found, took, "", false, null);
        }

        private String fix() {
            return diagnosis == null ? action : action + " (" + diagnosis.code() + ")";
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
                            finding.took().toMillis(),
                            finding.found()));
            if (!finding.fix().isEmpty()) {
                out.append(" ".repeat(widest + 22)).append(finding.fix().strip()).append('\n');
            }
        }
        return out.toString();
    }

    /** For machines: one JSON object with the same content. */
    String json() {
        return Json.text(
                new Body(
                        exitCode() == ExitCode.OK,
                        configuration.problems().stream().map(this::remark).toList(),
                        configuration.warnings().stream().map(this::remark).toList(),
                        findings.stream().map(this::called).toList()));
    }

    private Remark remark(Problem problem) {
        String variable = problem.headline().split("[ :]", 2)[0];
        SettingInEffect setting = firstNamed(problem.headline());
        return new Remark(
                problem.headline(),
                problem.remedy(),
                problem.diagnosis().code(),
                setting == null ? variable : setting.variable(),
                setting == null ? null : setting.origin(),
                problem.remedy());
    }

    private Called called(Finding finding) {
        Diagnosis diagnosis = finding.diagnosis();
        SettingInEffect setting =
                diagnosis == null ? null : firstNamed(finding.action() + " " + finding.found());
        return new Called(
                finding.name(),
                finding.status(),
                finding.found(),
                finding.took().toMillis(),
                finding.action(),
                finding.passing(),
                diagnosis == null ? null : diagnosis.code(),
                setting == null ? null : setting.variable(),
                setting == null ? null : setting.origin(),
                diagnosis == null ? null : finding.action());
    }

    /** The first setting that a text names, by its variable or its key. */
    private @Nullable SettingInEffect firstNamed(String text) {
        for (String word : List.of(text.split("[^\\w.-]+|[.:](?= |$)", -1))) {
            for (SettingInEffect setting : settings) {
                if (word.equals(setting.variable()) || word.equals(setting.key())) {
                    return setting;
                }
            }
        }
        return null;
    }

    private record Body(
            boolean ok, List<Remark> problems, List<Remark> warnings, List<Called> checks) {}

    /**
     * A problem or a warning.
     *
     * @param variable the name with which the sentence begins, also one that is no setting
     * @param origin where the value comes from; null for what is no setting
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    private record Remark(
            String problem,
            String action,
            String code,
            String variable,
            @Nullable String origin,
            String fix) {}

    /**
     * A finding. What is well has none of the last four.
     *
     * @param variable the setting to look at; null where none is named
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    private record Called(
            String name,
            Status status,
            String found,
            @JsonProperty("took_ms") long tookMillis,
            String action,
            @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean passing,
            @Nullable String code,
            @Nullable String variable,
            @Nullable String origin,
            @Nullable String fix) {}
}
