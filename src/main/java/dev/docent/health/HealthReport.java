package dev.docent.health;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The state of the service and its dependencies at one moment. Immutable.
 *
 * @param probes all probes, in the order of the report
 * @param conditions the last result of each probe; a probe that has not finished has none
 * @param at when the report was made
 */
public record HealthReport(List<Probe> probes, Map<String, Condition> conditions, Instant at) {

    /** The service as a whole. */
    public enum Status {
        STARTING,
        HEALTHY,
        DEGRADED,
        UNHEALTHY
    }

    /** The service as a whole: one dependency down is degraded, two or more are unhealthy. */
    public Status status() {
        if (conditions.size() < probes.size()) {
            return Status.STARTING;
        }
        return switch (failed().size()) {
            case 0 -> Status.HEALTHY;
            case 1 -> Status.DEGRADED;
            default -> Status.UNHEALTHY;
        };
    }

    /** The names of the dependencies that do not work. */
    public List<String> failed() {
        List<String> names = new ArrayList<>();
        conditions.forEach((name, condition) -> {
            if (condition instanceof Condition.Failing) {
                names.add(name);
            }
        });
        return names;
    }
}
