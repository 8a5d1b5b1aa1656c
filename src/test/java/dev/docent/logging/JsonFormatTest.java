package dev.docent.logging;

import static org.assertj.core.api.Assertions.assertThat;

import dev.docent.config.Secret;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;

/** A line of the log as JSON, byte for byte. */
class JsonFormatTest {
    private final JsonFormat format =
            new JsonFormat(new Redactor(List.of(Secret.of("s3cr3t-value"))));
    private final LogRecord event = new LogRecord(Level.WARNING, "a \"b\" s3cr3t-value\n{0}");

    JsonFormatTest() {
        event.setInstant(Instant.parse("2026-11-22T18:00:00.25Z"));
        event.setLoggerName("dev.docent.http");
        event.setParameters(new Object[] {7});
    }

    @Test
    void leavesOutWhatDoesNotApply() {
        assertThat(format.format(event))
                .isEqualTo(
                        "{\"time\":\"2026-11-22T18:00:00.250Z\",\"level\":\"WARN\","
                                + "\"logger\":\"http\",\"message\":\"a \\\"b\\\" *****\\n7\"}\n");
    }

    @Test
    void givesTheFieldsOfAnEvent() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("path", "/api/chat");
        fields.put("status", 200);
        List<String> lines = new ArrayList<>();
        Logs.with(fields, () -> lines.add(format.format(event)));
        assertThat(lines.getFirst())
                .endsWith("*****\\n7\",\"path\":\"/api/chat\",\"status\":200}\n");
    }

    @Test
    void namesTheRequestAndTheErrorWithoutSecrets() {
        Throwable thrown = new IllegalStateException("s3cr3t-value");
        thrown.setStackTrace(new StackTraceElement[0]);
        event.setThrown(thrown);
        MDC.put(Logs.REQUEST, "abc");
        try {
            assertThat(format.format(event))
                    .isEqualTo(
                            "{\"time\":\"2026-11-22T18:00:00.250Z\",\"level\":\"WARN\","
                                    + "\"logger\":\"http\",\"request\":\"abc\","
                                    + "\"message\":\"a \\\"b\\\" *****\\n7\","
                                    + "\"error\":\"java.lang.IllegalStateException: *****\\n\"}\n");
        } finally {
            MDC.remove(Logs.REQUEST);
        }
    }
}
