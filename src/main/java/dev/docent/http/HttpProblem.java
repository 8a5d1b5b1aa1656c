package dev.docent.http;

import io.helidon.http.Status;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A request that is rejected, as an exception; {@link Errors} turns it into an RFC 9457 problem.
 */
final class HttpProblem extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Status status;
    private final transient List<FieldError> errors;
    private final transient @Nullable Duration retryAfter;

    /**
     * A member of the request that is not valid.
     *
     * @param field the member's name
     * @param rule what is required
     */
    record FieldError(String field, String rule) {}

    HttpProblem(
            Status status, String detail, List<FieldError> errors, @Nullable Duration retryAfter) {
        super(detail, null, false, false);
        this.status = status;
        this.errors = errors;
        this.retryAfter = retryAfter;
    }

    static HttpProblem of(Status status, String detail) {
        return new HttpProblem(status, detail, List.of(), null);
    }

    static HttpProblem field(String field, String rule) {
        return new HttpProblem(
                Status.UNPROCESSABLE_CONTENT_422,
                "The field \"" + field + "\" " + rule + ".",
                List.of(new FieldError(field, rule)),
                null);
    }

    /**
     * Reads each field of a request, and names all that break their rules, not only the first.
     *
     * @param fields each throws {@link #field} where it breaks its rule
     */
    static void requireAll(Runnable... fields) {
        List<HttpProblem> broken = new ArrayList<>();
        for (Runnable field : fields) {
            try {
                field.run();
            } catch (HttpProblem e) {
                broken.add(e);
            }
        }
        if (!broken.isEmpty()) {
            throw new HttpProblem(
                    Status.UNPROCESSABLE_CONTENT_422,
                    broken.getFirst().detail(),
                    broken.stream().flatMap(one -> one.errors().stream()).toList(),
                    null);
        }
    }

    static HttpProblem unavailable(String detail, Duration retryAfter) {
        return new HttpProblem(Status.SERVICE_UNAVAILABLE_503, detail, List.of(), retryAfter);
    }

    static HttpProblem tooMany(String detail, Duration retryAfter) {
        return new HttpProblem(Status.TOO_MANY_REQUESTS_429, detail, List.of(), retryAfter);
    }

    Status status() {
        return status;
    }

    /** One sentence that a reader can act on. */
    String detail() {
        return String.valueOf(getMessage());
    }

    List<FieldError> errors() {
        return errors;
    }

    @Nullable Duration retryAfter() {
        return retryAfter;
    }
}
