package dev.docent.cli;

import dev.docent.Configured;
import dev.docent.config.Environment;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code docent check}: says whether the service would start and serve, and if not, why. */
@Command(
        name = "check",
        description = "Checks the configuration, and calls each service once; nothing is changed.",
        mixinStandardHelpOptions = true)
final class CheckCommand implements Callable<Integer> {
    @Option(
            names = "--offline",
            description = "Checks the configuration alone, and calls no service.")
    private boolean offline;

    @Option(names = "--json", description = "Writes JSON for machines.")
    private boolean json;

    @Option(
            names = "--settings",
            description = "Lists all settings in effect, and where each comes from.")
    private boolean settings;

    private final PrintStream out = System.out;

    @Override
    public Integer call() {
        Configured configured =
                Configured.load(Environment.ofProcess(), Path.of(""), Clock.systemUTC());
        if (settings) {
            configured.inEffect().forEach(setting -> out.println(setting.line()));
            return configured.report().fine() ? ExitCode.OK : ExitCode.CONFIGURATION;
        }
        CheckReport report = report(configured);
        out.print(json ? report.json() + System.lineSeparator() : report.text());
        return report.exitCode();
    }

    private CheckReport report(Configured configured) {
        if (offline || !configured.report().fine()) {
            return new CheckReport(configured.report(), List.of());
        }
        Commands.logForReport(configured.settings(), System.err);
        try {
            return new CheckReport(configured.report(), Check.run(configured.settings()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new CheckReport(configured.report(), List.of());
        }
    }
}
