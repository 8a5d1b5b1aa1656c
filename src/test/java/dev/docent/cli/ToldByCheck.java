package dev.docent.cli;

import dev.docent.config.ConfigurationReport;
import dev.docent.health.Condition;
import dev.docent.health.Probe;
import java.time.Duration;
import java.util.List;

/**
 * What {@code docent check} tells of a condition, by the code that tells it.
 *
 * @param text for people, without the configuration's part
 * @param json for machines
 */
public record ToldByCheck(String text, String json, int exitCode) {

    /** What is told where nothing else was looked at. */
    public static ToldByCheck of(Probe probe, Condition condition) {
        CheckReport report =
                new CheckReport(
                        new ConfigurationReport(List.of(), List.of()),
                        List.of(Check.finding(probe, condition, Duration.ofSeconds(20))),
                        List.of());
        return new ToldByCheck(
                report.text().substring(report.configuration().text().length()),
                report.json(),
                report.exitCode());
    }
}
