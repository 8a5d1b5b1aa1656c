package dev.docent;

import dev.docent.ingest.IngestException;
import dev.docent.ingest.IngestReport;
import dev.docent.ingest.IngestSettings;
import dev.docent.ingest.Ingestion;
import dev.docent.ingest.Progress;
import dev.docent.ingest.ProgressBar;
import dev.docent.ingest.ProgressLines;
import dev.docent.ingest.SiteSettings;
import dev.docent.rag.Embedder;
import dev.docent.rag.PassageIndex;
import java.io.Console;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code docent ingest}: brings the configured index up to date with a folder of pages. */
@Command(
        name = "ingest",
        description =
                "Brings the index up to date with a Docusaurus tree; only what changed is embedded.",
        mixinStandardHelpOptions = true)
final class IngestCommand implements Callable<Integer> {
    @Parameters(paramLabel = "DIR", description = "A docs folder, or a site's root.")
    private Path folder = Path.of("");

    @Option(names = "--site-url", description = "Address of the site: https://docs.example.com")
    private @Nullable String siteUrl;

    @Option(
            names = "--base-url",
            description = "baseUrl of the site (default: what its configuration says, else /).")
    private @Nullable String baseUrl;

    @Option(
            names = "--route-base-path",
            description =
                    "routeBasePath of the docs (default: what the configuration says, else docs).")
    private @Nullable String routeBasePath;

    @Option(
            names = "--dry-run",
            description = "Only tells what would be done and what it would cost.")
    private boolean dryRun;

    @Option(
            names = "--prune",
            description = "Takes out what vanished even when some files could not be read.")
    private boolean prune;

    private final PrintStream out = System.out;

    @Override
    public Integer call() {
        return Commands.with(this::ingest);
    }

    private int ingest(Settings settings) {
        IngestSettings how = Adapters.ingestion(settings, site(settings.docs()));
        how = dryRun ? how.asDryRun() : how;
        how = prune ? how.pruning() : how;
        try (Embedder embedder = Adapters.embedder(settings);
                PassageIndex index = Adapters.index(settings)) {
            IngestReport report =
                    new Ingestion(index, embedder, how, progress()).run(folder.toAbsolutePath());
            tell(report);
            return report.failed().isEmpty() && report.stopped().isEmpty() ? 0 : Main.FAILED;
        } catch (IngestException e) {
            System.err.println("docent: " + e.getMessage());
            return Main.CONFIGURATION;
        }
    }

    /** What the command line says of the site comes before what the settings say. */
    private SiteSettings site(Settings.Docs docs) {
        SiteSettings configured = Adapters.site(docs);
        return new SiteSettings(
                siteUrl == null ? configured.siteUrl() : siteUrl,
                baseUrl == null ? configured.baseUrl() : baseUrl,
                routeBasePath == null ? configured.routeBasePath() : routeBasePath,
                configured.trailingSlash());
    }

    private Progress progress() {
        // A runtime image without the module that has the console knows none.
        return Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent()
                ? new ProgressBar(System.err, Clock.systemUTC())
                : new ProgressLines(System.err::println, Clock.systemUTC());
    }

    private void tell(IngestReport report) {
        report.notes().forEach(out::println);
        report.warnings().forEach(warning -> out.println("Warning: " + warning));
        report.failed()
                .forEach(file -> out.println("Left out: " + file.file() + " " + file.reason()));
        out.printf(
                "%s%,d files, %,d pages, %,d sections. Passages: %,d new, %,d changed, %,d unchanged,"
                        + " %,d removed. %,d tokens in %,d calls. %s %d.%d s%n",
                dryRun ? "A dry run; nothing was written. " : "",
                report.files(),
                report.pages(),
                report.sections(),
                report.added(),
                report.changed(),
                report.unchanged(),
                report.removed(),
                report.tokens(),
                report.calls(),
                dryRun ? "It would take at least" : "Took",
                report.took().toSeconds(),
                report.took().toMillisPart() / 100);
        report.stopped().ifPresent(why -> out.println("Stopped early: " + why));
    }
}
