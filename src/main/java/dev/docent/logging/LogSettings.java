package dev.docent.logging;

import dev.docent.config.SettingsReader;

/**
 * The level and format of the log.
 *
 * @param level the lowest level that is logged; libraries log from WARN, unless this is DEBUG or
 *     TRACE
 * @param format how a line looks
 */
public record LogSettings(Level level, Format format) {

    /** The levels, the most verbose first. */
    public enum Level {
        TRACE,
        DEBUG,
        INFO,
        WARN,
        ERROR;

        java.util.logging.Level ofJava() {
            return switch (this) {
                case TRACE -> java.util.logging.Level.FINEST;
                case DEBUG -> java.util.logging.Level.FINE;
                case INFO -> java.util.logging.Level.INFO;
                case WARN -> java.util.logging.Level.WARNING;
                case ERROR -> java.util.logging.Level.SEVERE;
            };
        }

        /** Whether libraries log as much as Docent does. */
        public boolean debugging() {
            return this == TRACE || this == DEBUG;
        }
    }

    /** How a line looks. */
    public enum Format {
        LINE,
        JSON
    }

    /** Reads {@code log.*}. */
    public static LogSettings read(SettingsReader in) {
        return new LogSettings(
                in.choice("log.level", Level.class), in.choice("log.format", Format.class));
    }
}
