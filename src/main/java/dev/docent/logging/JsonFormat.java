package dev.docent.logging;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonInclude;
import dev.docent.json.Json;
import java.util.Map;
import java.util.logging.Formatter;
import java.util.logging.LogRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * One JSON object a line: {@code time}, {@code level}, {@code logger}, {@code message}, and where
 * they apply {@code request}, {@code error} and the fields of {@link Logs#with}.
 */
final class JsonFormat extends Formatter {
    /** The fields of the event that this thread logs. Handlers run on the thread that logs. */
    static final ScopedValue<Map<String, Object>> FIELDS = ScopedValue.newInstance();

    private final Redactor redactor;

    JsonFormat(Redactor redactor) {
        this.redactor = redactor;
    }

    @Override
    public String format(LogRecord event) {
        Line line =
                new Line(
                        event.getInstant().toString(),
                        LineFormat.level(event),
                        LineFormat.shortName(event),
                        MDC.get(LineFormat.REQUEST),
                        redactor.clean(formatMessage(event)),
                        FIELDS.orElse(Map.of()),
                        event.getThrown() == null ? null : redactor.clean(LineFormat.trace(event)));
        return Json.text(line) + "\n";
    }

    @JsonInclude(JsonInclude.Include.NON_NULL)
    private record Line(
            String time,
            String level,
            String logger,
            @Nullable String request,
            String message,
            @JsonAnyGetter Map<String, Object> fields,
            @Nullable String error) {}
}
