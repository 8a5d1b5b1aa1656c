package dev.docent.logging;

import dev.docent.config.Secret;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.logging.Formatter;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.StreamHandler;

/** Configures logging, once at the start. */
public final class Logs {

    /** The key of a request's id in SLF4J's MDC, which child threads inherit. */
    public static final String REQUEST = LineFormat.REQUEST;

    // Strong references, because the log manager has only weak ones: a collected logger would lose
    // its level.
    private static final List<Logger> KEPT =
            List.of(
                    Logger.getLogger("io.helidon"),
                    Logger.getLogger("ai.djl"),
                    Logger.getLogger("org.apache.lucene"));

    /**
     * They warn about what is no problem, or is told better: no GPU, no incubating module, an idle
     * connection that a serverless database closed, a host whose name does not resolve.
     */
    private static final List<Logger> TOO_EAGER =
            List.of(
                    Logger.getLogger("ai.djl.util.cuda"),
                    Logger.getLogger("com.zaxxer.hikari"),
                    Logger.getLogger("io.grpc"),
                    Logger.getLogger("org.apache.lucene.internal.vectorization"));

    /**
     * To Helidon 4.5 a connection that came in the moment of a stop is an error, with a stack
     * trace.
     */
    private static final Logger LISTENER = Logger.getLogger("io.helidon.webserver.ServerListener");

    /** Below INFO, it logs the headers of requests, keys included. */
    private static final Logger REQUESTS =
            Logger.getLogger("sun.net.www.protocol.http.HttpURLConnection");

    private Logs() {}

    /**
     * Sends all log events to one stream.
     *
     * @param settings the lowest level, and how a line looks
     * @param secrets values that are replaced by asterisks in all output, whoever logs them
     * @param out the stream, flushed after each event
     */
    public static void configure(LogSettings settings, List<Secret> secrets, PrintStream out) {
        if (LogManager.getLogManager() instanceof SteadyLogManager steady) {
            steady.clear();
        } else {
            LogManager.getLogManager().reset();
        }
        Redactor redactor = new Redactor(secrets);
        Formatter formatter =
                switch (settings.format()) {
                    case LINE -> new LineFormat(redactor);
                    case JSON -> new JsonFormat(redactor);
                };
        Logger root = Logger.getLogger("");
        root.addHandler(new Flushing(out, formatter));
        Level level = settings.level().ofJava();
        root.setLevel(level);
        Level libraries = settings.level().debugging() ? level : Level.WARNING;
        KEPT.forEach(logger -> logger.setLevel(libraries));
        TOO_EAGER.forEach(logger -> logger.setLevel(Level.SEVERE));
        LISTENER.setFilter(event -> !event.getMessage().startsWith("Executor rejected handler"));
        REQUESTS.setLevel(Level.INFO);
    }

    /**
     * Logs an event that has fields: members of its own in JSON, which a line does not repeat.
     *
     * @param fields by their names, numbers or texts
     */
    public static void with(Map<String, Object> fields, Runnable event) {
        ScopedValue.where(JsonFormat.FIELDS, fields).run(event);
    }

    private static final class Flushing extends StreamHandler {
        Flushing(OutputStream out, Formatter formatter) {
            super(out, formatter);
            setLevel(Level.ALL);
            try {
                setEncoding(StandardCharsets.UTF_8.name());
            } catch (java.io.UnsupportedEncodingException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public synchronized void publish(LogRecord event) {
            super.publish(event);
            flush();
        }
    }
}
