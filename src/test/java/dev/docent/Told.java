package dev.docent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.docent.cli.ToldByCheck;
import dev.docent.failure.Failure;
import dev.docent.failure.Failure.Nature;
import dev.docent.health.Condition;
import dev.docent.health.HealthMonitor;
import dev.docent.health.Probe;
import dev.docent.health.Probe.Trial;
import dev.docent.http.ToldOverHttp;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/**
 * What is told of a failure in each place, by the code that tells it, so that a row of a table of
 * causes holds for all of them: the log, health, {@code docent check} and the reader.
 *
 * @param log its line, behind the name of what fails
 * @param health the members of the dependency
 * @param event what a reader gets within an answer
 * @param refusal what a reader gets instead of an answer
 */
public record Told(
        String log, Map<String, Object> health, ToldByCheck check, String event, String refusal) {
    private static final String CALLS = "calls";

    /** What is told of a dependency that fails. */
    public static Told of(String name, Failure failure) {
        Probe probe =
                new Probe(name, "ok", Duration.ofHours(1), Map::of)
                        .with(Map.of(CALLS, new Trial(() -> {}, Duration.ofHours(1))));
        Condition condition;
        try (HealthMonitor monitor =
                new HealthMonitor(List.of(probe), Duration.ofSeconds(1), InstantSource.system())) {
            monitor.failed(name, CALLS, failure);
            condition = monitor.condition(name).orElseThrow();
        }
        return new Told(
                failure.fully(),
                ToldOverHttp.health(probe, condition),
                ToldByCheck.of(probe, condition),
                ToldOverHttp.event(failure),
                ToldOverHttp.refusal(failure));
    }

    /**
     * All places say it: the whole sentence and the code wherever the owner looks, and none of it
     * where a reader does.
     *
     * @param code for example {@code DOCENT-017}
     * @param exitCode of {@code docent check}
     */
    public static void everywhere(String name, Failure failure, String code, int exitCode) {
        Told told = of(name, failure);
        String owner = failure.owner();
        String action = failure.action();
        assertThat(failure.diagnosis().code()).isEqualTo(code);
        assertThat(told.log()).isEqualTo(owner + " " + action + " (" + code + ")");
        assertThat(told.health())
                .containsEntry("status", "disconnected")
                .containsEntry("error", owner)
                .containsEntry("recommended_action", action)
                .containsEntry("code", code);
        assertThat(told.check().exitCode()).isEqualTo(exitCode);
        assertThat(told.check().text())
                .startsWith("\n  failed  " + name + "      0 ms  " + owner + "\n")
                .endsWith(" (" + code + ")\n")
                .doesNotContain("tried again");
        assertThat(told.check().json())
                .contains("\"ok\":false", "\"code\":\"" + code + "\"")
                .contains(exitCode == 75 ? "\"passing\":true" : "\"status\":\"failed\"");
        assertThat(told.event())
                .startsWith("{\"type\":\"error\",\"code\":\"" + failure.code().wire() + "\"")
                .contains("\"message\":\"" + failure.reader() + "\"");
        assertThat(told.refusal()).isEqualTo("503 " + failure.reader());
        // Only a refused key ends a start; what passes by itself is waited for.
        assertThat(failure.nature() == Nature.CREDENTIAL_REJECTED && exitCode == 75).isFalse();
    }
}
