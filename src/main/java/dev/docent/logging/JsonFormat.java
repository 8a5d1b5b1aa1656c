package dev.docent.logging;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.logging.Formatter;
import java.util.logging.LogRecord;
import org.slf4j.MDC;

/**
 * One JSON object a line: {@code time}, {@code level}, {@code logger}, {@code message}, and where
 * they apply {@code request} and {@code error}.
 */
final class JsonFormat extends Formatter {
    private final ObjectMapper json = new ObjectMapper();
    private final Redactor redactor;

    JsonFormat(Redactor redactor) {
        this.redactor = redactor;
    }

    @Override
    public String format(LogRecord event) {
        Map<String, String> members = new LinkedHashMap<>();
        members.put("time", event.getInstant().toString());
        members.put("level", LineFormat.level(event));
        members.put("logger", LineFormat.shortName(event));
        String request = MDC.get(LineFormat.REQUEST);
        if (request != null) {
            members.put("request", request);
        }
        members.put("message", redactor.clean(formatMessage(event)));
        if (event.getThrown() != null) {
            members.put("error", redactor.clean(LineFormat.trace(event)));
        }
        try {
            return json.writeValueAsString(members) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("strings can always be written", e);
        }
    }
}
