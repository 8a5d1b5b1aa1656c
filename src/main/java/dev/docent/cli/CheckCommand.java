package dev.docent.cli;

import dev.docent.Configured;
import dev.docent.config.Environment;
import dev.docent.config.Secret;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
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

    @Option(
            names = "--scan",
            paramLabel = "DIR",
            description = "Looks whether a folder holds the values of the secrets; shows none.")
    private @Nullable Path scan;

    @Option(
            names = "--site",
            paramLabel = "DIR",
            description =
                    "Says by how much a checkout of the documentation is newer than the index"
                            + " (default: DOCENT_DOCS).")
    private @Nullable Path site;

    private final PrintStream out = System.out;

    @Override
    public Integer call() {
        Configured configured =
                Configured.load(Environment.ofProcess(), Path.of(""), Clock.systemUTC());
        if (scan != null) {
            return scanned(configured, scan);
        }
        if (settings) {
            configured.inEffect().forEach(setting -> out.println(setting.line()));
            return configured.report().fine() ? ExitCode.OK : ExitCode.CONFIGURATION;
        }
        CheckReport report = report(configured);
        out.print(json ? report.json() + System.lineSeparator() : report.text());
        return report.exitCode();
    }

    private int scanned(Configured configured, Path folder) {
        Map<String, Secret> secrets = Commands.secrets(configured.settings());
        try {
            List<String> found = new SecretScan(secrets).of(folder);
            found.forEach(out::println);
            out.println(
                    found.isEmpty()
                            ? "None of "
                                    + secrets.size()
                                    + " secrets stands in "
                                    + folder
                                    + " ("
                                    + String.join(", ", secrets.keySet())
                                    + ")."
                            : "Take them out before you push; what was pushed once needs a new key.");
            return found.isEmpty() ? ExitCode.OK : ExitCode.FAILED;
        } catch (IOException | UncheckedIOException e) {
            out.println("The folder " + folder + " cannot be read.");
            return ExitCode.FAILED;
        }
    }

    private CheckReport report(Configured configured) {
        return new CheckReport(configured.report(), findings(configured), configured.inEffect());
    }

    private List<CheckReport.Finding> findings(Configured configured) {
        if (offline || !configured.report().fine()) {
            return List.of();
        }
        Commands.logForReport(configured.settings(), System.err);
        try {
            Path docs = site == null ? configured.settings().docs().dir() : site;
            return Check.run(configured.settings(), docs);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return List.of();
        }
    }
}
