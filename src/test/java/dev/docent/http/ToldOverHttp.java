package dev.docent.http;

import dev.docent.chat.AnswerEvent;
import dev.docent.failure.DependencyException;
import dev.docent.failure.Failure;
import dev.docent.health.Condition;
import dev.docent.health.Probe;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** What health and readers are told of a failure, by the code that tells it. */
public final class ToldOverHttp {
    private ToldOverHttp() {}

    /** The members of a dependency in {@code GET /api/health}, for the owner. */
    public static Map<String, Object> health(Probe probe, Condition condition) {
        return HealthRoutes.members(probe, condition, List.of());
    }

    /** The event within an answer that fails. */
    public static String event(Failure failure) {
        AnswerEvent event =
                new AnswerEvent.Failed(
                        failure.code(), failure.reader(), failure.retryAfter().orElse(null));
        return new String(Wire.data(event), StandardCharsets.UTF_8).strip();
    }

    /** Status and sentence of a request that cannot be answered. */
    public static String refusal(Failure failure) {
        HttpProblem problem = Errors.problem(DependencyException.known(failure));
        return problem.status().code() + " " + problem.detail();
    }
}
