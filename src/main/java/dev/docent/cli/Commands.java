package dev.docent.cli;

import dev.docent.Build;
import dev.docent.Configured;
import dev.docent.SettingInEffect;
import dev.docent.Settings;
import dev.docent.config.DatabaseUrl;
import dev.docent.config.Environment;
import dev.docent.config.Secret;
import dev.docent.failure.DependencyException;
import dev.docent.logging.LogSettings;
import dev.docent.logging.Logs;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What all commands have in common: they read the configuration, and say in one sentence what
 * failed.
 */
public final class Commands {
    private Commands() {}

    /**
     * Runs a command with the settings; if they are wrong, prints the report of all problems
     * instead.
     */
    static int with(ToIntFunction<Settings> command) {
        return with(command, false);
    }

    /** The same for the service, which says first which build runs with which settings. */
    static int serving(ToIntFunction<Settings> command) {
        return with(command, true);
    }

    private static int with(ToIntFunction<Settings> command, boolean service) {
        PrintStream err = System.err;
        Configured configured =
                Configured.load(Environment.ofProcess(), Path.of(""), Clock.systemUTC());
        if (!configured.report().fine()) {
            err.print(configured.report().text());
            return ExitCode.CONFIGURATION;
        }
        Settings settings = configured.settings();
        log(settings, err);
        if (service) {
            tell(configured);
        }
        configured
                .report()
                .warningLines()
                .forEach(line -> LoggerFactory.getLogger("config").warn("{}", line));
        try {
            return command.applyAsInt(settings);
        } catch (DependencyException e) {
            err.println("docent: " + e.failure().fully());
            return switch (e.failure().nature()) {
                case CREDENTIAL_REJECTED, MISCONFIGURED -> ExitCode.CONFIGURATION;
                case EXHAUSTED, UNAVAILABLE, REQUEST_REJECTED -> ExitCode.FAILED;
            };
        }
    }

    /** Shows no secret. */
    private static void tell(Configured configured) {
        Logger config = LoggerFactory.getLogger("config");
        LoggerFactory.getLogger("docent").info("this is docent {}", Build.name());
        List<SettingInEffect> set =
                configured.inEffect().stream().filter(SettingInEffect::set).toList();
        set.forEach(setting -> config.info("{}", setting.line()));
        config.info(
                "{} other settings have their defaults; docent check --settings lists them",
                configured.inEffect().size() - set.size());
    }

    public static void log(Settings settings, PrintStream out) {
        Logs.configure(settings.log(), List.copyOf(secrets(settings).values()), out);
    }

    /**
     * For a command that prints a report: logs only errors, because other lines would repeat the
     * report, unless DEBUG or TRACE is set.
     */
    static void logForReport(Settings settings, PrintStream out) {
        LogSettings asked = settings.log();
        LogSettings quiet = new LogSettings(LogSettings.Level.ERROR, asked.format());
        Logs.configure(
                asked.level().debugging() ? asked : quiet,
                List.copyOf(secrets(settings).values()),
                out);
    }

    /** The secrets that are set, by their variables. */
    static Map<String, Secret> secrets(Settings settings) {
        Map<String, Secret> secrets = new TreeMap<>();
        put(secrets, "GEMINI_API_KEY", settings.gemini().key());
        put(secrets, "QDRANT_API_KEY", settings.qdrant().apiKey());
        DatabaseUrl url = settings.database().url();
        put(secrets, "DATABASE_URL", url == null ? null : url.secret());
        return secrets;
    }

    private static void put(Map<String, Secret> secrets, String variable, @Nullable Secret secret) {
        if (secret != null) {
            secrets.put(variable, secret);
        }
    }

    /** A reader's words on one line, without what could steer the owner's terminal. */
    static String printable(String words) {
        return words.replaceAll("\\R", " ").replaceAll("[\\p{Cc}\\p{Cf}]", "·");
    }
}
