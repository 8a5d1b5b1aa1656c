package dev.docent.http;

import dev.docent.health.HealthMonitor;
import dev.docent.health.HealthReport;
import dev.docent.health.Probe;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BooleanSupplier;

/** The routes for monitors: health, liveness and readiness. None of them waits for a dependency. */
final class HealthRoutes {
    /**
     * A constant, because this is usually the first answer after a start, and Jackson loads slowly.
     */
    private static final byte[] LIVE = "{\"status\":\"live\"}".getBytes(StandardCharsets.UTF_8);

    private final HealthMonitor monitor;
    private final BooleanSupplier ready;

    HealthRoutes(HealthMonitor monitor, BooleanSupplier ready) {
        this.monitor = monitor;
        this.ready = ready;
    }

    /** {@code GET /api/health}. */
    void health(ServerRequest request, ServerResponse response) {
        HealthReport report = monitor.report();
        Map<String, Object> services = new LinkedHashMap<>();
        services.put("helidon", "ok");
        for (Probe probe : report.probes()) {
            services.put(
                    probe.name(),
                    HealthReport.members(probe, report.conditions().get(probe.name())));
        }
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("status", report.status().name().toLowerCase(Locale.ROOT));
        body.put("services", services);
        List<String> failed = report.failed();
        if (!failed.isEmpty()) {
            body.put("failed_services", failed);
        }
        body.put("timestamp", report.at().toString());
        send(response, report.status() == HealthReport.Status.HEALTHY, body);
    }

    /** {@code GET /api/health/live}: the process serves. */
    void live(ServerRequest request, ServerResponse response) {
        response.header(HeaderNames.CACHE_CONTROL, "no-store");
        response.header(HeaderNames.CONTENT_TYPE, Json.MEDIA_TYPE);
        response.send(LIVE.clone());
    }

    /** {@code GET /api/health/ready}: a chat can be answered. */
    void ready(ServerRequest request, ServerResponse response) {
        boolean now = ready.getAsBoolean();
        send(response, now, Map.of("status", now ? "ready" : "starting"));
    }

    private static void send(ServerResponse response, boolean well, Map<String, Object> body) {
        response.status(well ? Status.OK_200 : Status.SERVICE_UNAVAILABLE_503);
        response.header(HeaderNames.CACHE_CONTROL, "no-store");
        Json.send(response, body);
    }
}
