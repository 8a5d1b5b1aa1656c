package dev.docent.logging;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.logging.Formatter;
import java.util.logging.LogRecord;
import org.slf4j.MDC;

/**
 * Time, level, logger, request and message in one line; a stack trace follows on lines of its own.
 */
final class LineFormat extends Formatter {
    /** The key of a request's id in the MDC. */
    static final String REQUEST = "request";

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    private final Redactor redactor;

    LineFormat(Redactor redactor) {
        this.redactor = redactor;
    }

    @Override
    public String format(LogRecord event) {
        StringBuilder line = new StringBuilder(160);
        TIME.formatTo(event.getInstant(), line);
        line.append(' ').append(level(event)).append(' ').append(shortName(event));
        String request = MDC.get(REQUEST);
        if (request != null) {
            line.append(" [").append(request).append(']');
        }
        // A line break in a message would let a client's text pose as an event of its own.
        line.append(": ").append(formatMessage(event).replace("\r", "\\r").replace("\n", "\\n"));
        line.append('\n').append(trace(event));
        return redactor.clean(line.toString());
    }

    /** The level by the names that LOG_LEVEL takes. */
    static String level(LogRecord event) {
        int value = event.getLevel().intValue();
        if (value >= 1000) {
            return "ERROR";
        }
        if (value >= 900) {
            return "WARN";
        }
        if (value >= 800) {
            return "INFO";
        }
        return value >= 500 ? "DEBUG" : "TRACE";
    }

    static String shortName(LogRecord event) {
        String name = String.valueOf(event.getLoggerName());
        return name.substring(name.lastIndexOf('.') + 1);
    }

    static String trace(LogRecord event) {
        Throwable thrown = event.getThrown();
        if (thrown == null) {
            return "";
        }
        StringWriter text = new StringWriter();
        thrown.printStackTrace(new PrintWriter(text, true));
        return text.toString();
    }
}
