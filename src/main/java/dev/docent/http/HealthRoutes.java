package dev.docent.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.docent.budget.Budgets;
import dev.docent.budget.Used;
import dev.docent.health.Condition;
import dev.docent.health.HealthMonitor;
import dev.docent.health.HealthReport;
import dev.docent.health.OpenMetrics;
import dev.docent.health.Probe;
import io.helidon.health.HealthCheck;
import io.helidon.health.HealthCheckResponse;
import io.helidon.health.HealthCheckType;
import io.helidon.http.HeaderName;
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
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/** The routes for monitors: health, liveness and readiness. None of them waits for a dependency. */
final class HealthRoutes {
    /**
     * A constant, because this is usually the first answer after a start, and Jackson loads slowly.
     */
    private static final byte[] LIVE = "{\"status\":\"live\"}".getBytes(StandardCharsets.UTF_8);

    /** What proxies add. */
    private static final List<HeaderName> PASSED_ON =
            List.of(
                    HeaderNames.X_FORWARDED_FOR,
                    HeaderNames.FORWARDED,
                    HeaderNames.create("X-Real-IP"),
                    HeaderNames.create("Via"));

    private final HealthMonitor monitor;
    private final Budgets budgets;
    private final IntSupplier running;
    private final BooleanSupplier ready;
    private final List<String> names;
    private final String version;

    /**
     * The routes of a service.
     *
     * @param running how many answers run
     * @param ready whether a chat can be answered
     * @param names hosts, users and folders that only the owner is told
     * @param version which build serves
     */
    HealthRoutes(
            HealthMonitor monitor,
            Budgets budgets,
            IntSupplier running,
            BooleanSupplier ready,
            List<String> names,
            String version) {
        this.monitor = monitor;
        this.budgets = budgets;
        this.version = version;
        this.names = names;
        this.running = running;
        this.ready = ready;
    }

    /** {@code GET /api/health}. */
    void health(ServerRequest request, ServerResponse response) {
        HealthReport report = monitor.report();
        boolean near = isNear(request);
        Map<String, Object> services = new LinkedHashMap<>();
        services.put("helidon", "ok");
        for (Probe probe : report.probes()) {
            Condition condition = report.conditions().get(probe.name());
            services.put(probe.name(), members(probe, condition, near ? List.of() : names));
        }
        send(
                response,
                report.status() == HealthReport.Status.HEALTHY,
                new Body(
                        report.status().name().toLowerCase(Locale.ROOT),
                        services,
                        report.failed(),
                        today(near),
                        report.at().toString(),
                        version));
    }

    /**
     * What readers have used, on a day on which some were refused for it.
     *
     * @param near whether it may be told which budget was used up, and what is left
     */
    private @Nullable Today today(boolean near) {
        Used used = budgets.today();
        if (used.refused() == 0) {
            return null;
        }
        return new Today(
                used.questions(),
                used.searches(),
                used.tokens(),
                used.texts(),
                used.refused(),
                near ? new TreeMap<>(used.refusals()) : null,
                near ? budgets.left() : null);
    }

    /**
     * Whether the owner asks, or a monitor of theirs: from this machine or its network, without a
     * proxy between.
     */
    private static boolean isNear(ServerRequest request) {
        List<String> forwarded = new ArrayList<>();
        for (HeaderName name : PASSED_ON) {
            forwarded.addAll(request.headers().all(name, List::of));
        }
        return Budgets.isNear(request.remotePeer().host(), forwarded);
    }

    /** {@code GET /observe/metrics}, for the owner alone. */
    void metrics(ServerRequest request, ServerResponse response) {
        if (!isNear(request)) {
            throw HttpProblem.of(
                    Status.NOT_FOUND_404,
                    "Numbers are told on the machine of the service and in its network only.");
        }
        Used used = budgets.ever();
        Map<String, Long> up = new TreeMap<>();
        HealthReport report = monitor.report();
        report.conditions()
                .forEach((name, condition) ->
                        up.put(name, condition instanceof Condition.Well ? 1L : 0L));
        String text =
                new OpenMetrics()
                        .gauges("docent_up", "Whether a dependency works.", "dependency", up)
                        .gauge("docent_answers", "Answers that run.", running.getAsInt())
                        .counter("docent_questions", "Questions taken.", used.questions())
                        .counter("docent_searches", "Searches taken.", used.searches())
                        .counter("docent_tokens", "Read and written by the model.", used.tokens())
                        .counter("docent_texts", "Embedded by a remote model.", used.texts())
                        .counters(
                                "docent_refusals",
                                "What was too much.",
                                "budget",
                                new TreeMap<>(used.refusals()))
                        .gauges(
                                "docent_budget_left",
                                "What readers may still use today.",
                                "budget",
                                budgets.left())
                        .text();
        response.header(HeaderNames.CONTENT_TYPE, OpenMetrics.MEDIA_TYPE);
        response.send(text.getBytes(StandardCharsets.UTF_8));
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

    /** {@code GET /observe/health}, as Helidon would answer it, and HEAD with the same status. */
    void observed(ServerRequest request, ServerResponse response) {
        List<Observed.Check> checks = new ArrayList<>();
        for (HealthCheck check : checks()) {
            HealthCheckResponse found = check.call();
            checks.add(new Observed.Check(check.name(), found.status().name(), found.details()));
        }
        boolean up = checks.stream().allMatch(check -> check.status().equals("UP"));
        send(response, up, new Observed(up ? "UP" : "DOWN", checks));
    }

    /** What Helidon answers. */
    private record Observed(String status, List<Check> checks) {
        Observed(String status) {
            this(status, List.of());
        }

        private record Check(String name, String status, Map<String, Object> data) {}
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
            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Today today,
            String timestamp,
            String version) {}

    private record Today(
            long questions,
            long searches,
            long tokens,
            long texts,
            long refused,
            @JsonProperty("refused_by") @JsonInclude(JsonInclude.Include.NON_NULL)
                    @Nullable Map<String, Long> refusedBy,
            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Map<String, Long> left) {}

    /**
     * What both kinds of report say of one dependency.
     *
     * @param hidden names that are left out
     */
    static Map<String, Object> members(
            Probe probe, @Nullable Condition condition, List<String> hidden) {
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
                members.put("error", without(hidden, failing.failure().owner()));
                members.put("recommended_action", without(hidden, failing.failure().action()));
                members.put("code", failing.failure().diagnosis().code());
                members.put("checked_at", failing.checkedAt().toString());
            }
        }
        return members;
    }

    private static String without(List<String> hidden, String words) {
        String text = words;
        for (String name : hidden) {
            text = text.replace(name, "…");
        }
        return text;
    }

    /** The dependencies as Helidon health checks, which tell what is known without calling one. */
    List<HealthCheck> checks() {
        List<HealthCheck> checks = new ArrayList<>();
        for (Probe probe : monitor.report().probes()) {
            checks.add(new LastResult(probe, monitor, names));
        }
        return checks;
    }

    private record LastResult(Probe probe, HealthMonitor monitor, List<String> names)
            implements HealthCheck {
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
            members(probe, condition, names).forEach(response::detail);
            return response.build();
        }
    }
}
