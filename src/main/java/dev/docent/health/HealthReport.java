package dev.docent.health;

import io.helidon.health.HealthCheck;
import io.helidon.health.HealthCheckResponse;
import io.helidon.health.HealthCheckType;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

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

    /** The report's JSON members for one dependency. */
    public static Map<String, Object> members(Probe probe, @Nullable Condition condition) {
        Map<String, Object> members = new LinkedHashMap<>();
        switch (condition) {
            case null -> members.put("status", "starting");
            case Condition.Well well -> {
                members.put("status", probe.wellWord());
                members.putAll(well.details());
                members.put("latency_ms", well.latency().toMillis());
                members.put("checked_at", well.checkedAt().toString());
            }
            case Condition.Failing failing -> {
                members.put("status", "disconnected");
                members.put("error", failing.failure().owner());
                members.put("recommended_action", failing.failure().action());
                members.put("checked_at", failing.checkedAt().toString());
            }
        }
        return members;
    }

    /**
     * The probes as Helidon health checks, which return the last result without calling a
     * dependency.
     */
    public static List<HealthCheck> checks(List<Probe> probes, Supplier<HealthReport> reports) {
        List<HealthCheck> checks = new ArrayList<>();
        for (Probe probe : probes) {
            checks.add(new LastResult(probe, reports));
        }
        return checks;
    }

    private record LastResult(Probe probe, Supplier<HealthReport> reports) implements HealthCheck {
        @Override
        public HealthCheckType type() {
            return HealthCheckType.READINESS;
        }

        @Override
        public String name() {
            return probe.name();
        }

        @Override
        public HealthCheckResponse call() {
            Condition condition = reports.get().conditions().get(probe.name());
            HealthCheckResponse.Builder response =
                    HealthCheckResponse.builder().status(condition instanceof Condition.Well);
            members(probe, condition).forEach(response::detail);
            return response.build();
        }
    }
}
