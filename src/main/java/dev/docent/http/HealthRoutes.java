package dev.docent.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.docent.budget.Budgets;
import dev.docent.health.Condition;
import dev.docent.health.HealthMonitor;
import dev.docent.health.HealthReport;
import dev.docent.health.Probe;
import io.helidon.health.HealthCheck;
import io.helidon.health.HealthCheckResponse;
import io.helidon.health.HealthCheckType;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** The routes for monitors: health, liveness and readiness. None of them waits for a dependency. */
final class HealthRoutes {
    /**
     * A constant, because this is usually the first answer after a start, and Jackson loads slowly.
     */
    private static final byte[] LIVE = "{\"status\":\"live\"}".getBytes(StandardCharsets.UTF_8);

    private final HealthMonitor monitor;
    private final Budgets budgets;
    private final BooleanSupplier ready;
    private final String version;

    /**
     * The routes of a service.
     *
     * @param ready whether a chat can be answered
     * @param version which build serves
     */
    HealthRoutes(HealthMonitor monitor, Budgets budgets, BooleanSupplier ready, String version) {
        this.monitor = monitor;
        this.budgets = budgets;
        this.version = version;
        this.ready = ready;
    }

    /** {@code GET /api/health}. */
    void health(ServerRequest request, ServerResponse response) {
        HealthReport report = monitor.report();
        Map<String, Object> services = new LinkedHashMap<>();
        services.put("helidon", "ok");
        for (Probe probe : report.probes()) {
            services.put(probe.name(), members(probe, report.conditions().get(probe.name())));
        }
        send(
                response,
                report.status() == HealthReport.Status.HEALTHY,
                new Body(
                        report.status().name().toLowerCase(Locale.ROOT),
                        services,
                        report.failed(),
                        refused(budgets.today()),
                        report.at().toString(),
                        version));
    }

    /** What readers have used, on a day on which some were refused for it. */
    private static Budgets.@Nullable Today refused(Budgets.Today today) {
        return today.refused() > 0 ? today : null;
    }

    /** {@code GET /api/health/live}: the process serves. */
    void live(ServerRequest request, ServerResponse response) {
        response.header(HeaderNames.CACHE_CONTROL, "no-store");
        response.header(HeaderNames.CONTENT_TYPE, JsonBody.MEDIA_TYPE);
        response.send(LIVE.clone());
    }

    /** {@code GET /api/health/ready}: a chat can be answered. */
    void ready(ServerRequest request, ServerResponse response) {
        boolean now = ready.getAsBoolean();
        send(response, now, Map.of("status", now ? "ready" : "starting"));
    }

    /**
     * {@code GET /observe/health/ready}, which agrees with {@link #ready}; Helidon's own is down
     * with any dependency, and answers HEAD with another status.
     */
    void observedReady(ServerRequest request, ServerResponse response) {
        boolean now = ready.getAsBoolean();
        send(response, now, new Observed(now ? "UP" : "DOWN"));
    }

    /** {@code GET /observe/health/live}. */
    void observedLive(ServerRequest request, ServerResponse response) {
        send(response, true, new Observed("UP"));
    }

    /** What Helidon answers where there are no checks. */
    private record Observed(String status, List<String> checks) {
        Observed(String status) {
            this(status, List.of());
        }
    }

    private static void send(ServerResponse response, boolean well, Object body) {
        response.status(well ? Status.OK_200 : Status.SERVICE_UNAVAILABLE_503);
        response.header(HeaderNames.CACHE_CONTROL, "no-store");
        JsonBody.send(response, body);
    }

    private record Body(
            String status,
            Map<String, Object> services,
            @JsonProperty("failed_services") @JsonInclude(JsonInclude.Include.NON_EMPTY)
                    List<String> failedServices,
            @JsonInclude(JsonInclude.Include.NON_NULL) Budgets.@Nullable Today today,
            String timestamp,
            String version) {}

    /** What both kinds of report say of one dependency. */
    private static Map<String, Object> members(Probe probe, @Nullable Condition condition) {
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
                members.put("code", failing.failure().diagnosis().code());
                members.put("checked_at", failing.checkedAt().toString());
            }
        }
        return members;
    }

    /** The dependencies as Helidon health checks, which tell what is known without calling one. */
    List<HealthCheck> checks() {
        List<HealthCheck> checks = new ArrayList<>();
        for (Probe probe : monitor.report().probes()) {
            checks.add(new LastResult(probe, monitor));
        }
        return checks;
    }

    private record LastResult(Probe probe, HealthMonitor monitor) implements HealthCheck {
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
            @Nullable Condition condition = monitor.condition(probe.name()).orElse(null);
            HealthCheckResponse.Builder response =
                    HealthCheckResponse.builder().status(condition instanceof Condition.Well);
            members(probe, condition).forEach(response::detail);
            return response.build();
        }
    }
}
