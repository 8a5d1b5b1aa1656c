package dev.docent.cli;

import dev.docent.Adapters;
import dev.docent.Settings;
import dev.docent.failure.DependencyException;
import dev.docent.ingest.IngestReport;
import dev.docent.ingest.IngestSettings;
import dev.docent.ingest.Ingestion;
import dev.docent.ingest.Progress;
import dev.docent.ingest.ProgressBar;
import dev.docent.ingest.ProgressLines;
import dev.docent.rag.Embedder;
import dev.docent.rag.PassageIndex;
import dev.docent.retrieval.Calibration;
import dev.docent.retrieval.Calibrator;
import dev.docent.site.SiteException;
import dev.docent.site.SiteSettings;
import java.io.Console;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code docent ingest}: brings the configured index up to date with a folder of pages. */
@Command(
        name = "ingest",
        description =
                "Brings the index up to date with a Docusaurus tree; only what changed is"
                        + " embedded.",
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

    @Option(
            names = "--versions",
            split = ",",
            paramLabel = "NAME",
            description =
                    "Only these versions of the docs; last is the one that addresses without a"
                            + " version lead to (default: all).")
    private List<String> versions = List.of();

    @Option(
            names = "--locales",
            split = ",",
            paramLabel = "NAME",
            description = "Only these languages (default: all that the configuration names).")
    private List<String> locales = List.of();

    @Option(
            names = "--pages",
            paramLabel = "FILE",
            description =
                    "Writes a line of JSON for each page: file, url, title, headings (level,"
                            + " anchor, text).")
    private @Nullable Path pages;

    @Option(
            names = "--strict",
            description =
                    "Exit code 1 where under half of the Markdown there belongs to a plug-in that"
                            + " was found.")
    private boolean strict;

    private final PrintStream out = System.out;

    @Override
    public Integer call() {
        Heap.keepSmall();
        return Commands.with(this::ingest);
    }

    private int ingest(Settings settings) {
        SiteSettings site = site(settings.docs().site());
        IngestSettings how = Adapters.ingestion(settings, site).run(dryRun, prune, pages);
        try (Embedder embedder = Adapters.embedder(settings);
                PassageIndex index = Adapters.index(settings, folder)) {
            IngestReport report =
                    new Ingestion(
                                    index,
                                    embedder,
                                    how,
                                    progress(),
                                    Adapters.surveys(settings, folder))
                            .run(folder.toAbsolutePath());
            tell(report);
            calibrate(new Calibrator(index, embedder), report);
            if (settings.mode() == Settings.Mode.DEMO && !dryRun) {
                out.println("To answer from it, start docent with " + variables(site));
            }
            boolean incomplete = strict && report.underHalf().isPresent();
            return report.failed().isEmpty() && report.stopped().isEmpty() && !incomplete
                    ? ExitCode.OK
                    : ExitCode.FAILED;
        } catch (SiteException e) {
            System.err.println("docent: " + e.getMessage());
            return ExitCode.CONFIGURATION;
        }
    }

    private void calibrate(Calibrator calibrator, IngestReport report) {
        if (dryRun) {
            out.printf(
                    "To learn what to refuse, up to %d questions more would be embedded, unless"
                            + " most of the site is as it was.%n",
                    Calibrator.TEXTS);
        } else if (report.published()) {
            try {
                out.println(
                        "Refusals: "
                                + calibrator
                                        .refresh()
                                        .map(Calibration::words)
                                        .orElse("not calibrated, because the site is small")
                                + ".");
            } catch (DependencyException e) {
                out.println(
                        "Warning: refusals are not calibrated, which the next run does. "
                                + e.failure().briefly());
            }
        }
    }

    /** The layout of the site; the command line overrides the settings. */
    private SiteSettings site(SiteSettings configured) {
        return new SiteSettings(
                siteUrl == null ? configured.siteUrl() : siteUrl,
                baseUrl == null ? configured.baseUrl() : baseUrl,
                routeBasePath == null ? configured.routeBasePath() : routeBasePath,
                configured.trailingSlash(),
                versions.isEmpty() ? configured.versions() : versions,
                locales.isEmpty() ? configured.locales() : locales);
    }

    /** The variables that make demo mode open this folder as it was ingested. */
    private String variables(SiteSettings site) {
        Map<String, @Nullable Object> all = new LinkedHashMap<>();
        all.put("DOCENT_DOCS", folder.toAbsolutePath().normalize());
        all.put("DOCENT_SITE_URL", site.siteUrl());
        all.put("DOCENT_BASE_URL", site.baseUrl());
        all.put("DOCENT_ROUTE_BASE_PATH", site.routeBasePath());
        all.put("DOCENT_TRAILING_SLASH", site.trailingSlash());
        all.put("DOCENT_VERSIONS", joined(site.versions()));
        all.put("DOCENT_LOCALES", joined(site.locales()));
        return all.entrySet().stream()
                .filter(variable -> variable.getValue() != null)
                .map(variable -> variable.getKey() + "=" + quoted(variable.getValue() + ""))
                .collect(Collectors.joining(" "));
    }

    private static @Nullable String joined(List<String> names) {
        return names.isEmpty() ? null : String.join(",", names);
    }

    private static String quoted(String value) {
        return value.matches("[\\w./:@%+,-]+") ? value : "'" + value.replace("'", "'\\''") + "'";
    }

    private Progress progress() {
        // A runtime image without the console's module has none.
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
                "%s%,d files, %,d pages, %,d sections. Passages: %,d new, %,d changed, %,d"
                        + " unchanged, %,d removed. %,d tokens in %,d calls. %s %d.%d s%n",
                dryRun ? "A dry run; nothing was written. " : "",
                report.files(),
                report.pages(),
                report.sections(),
                report.passages().added(),
                report.passages().changed(),
                report.passages().unchanged(),
                report.passages().removed(),
                report.spent().tokens(),
                report.spent().calls(),
                dryRun ? "It would take at least" : "Took",
                report.took().toSeconds(),
                report.took().toMillisPart() / 100);
        report.underHalf().ifPresent(why -> System.err.println("\nWARNING: " + why));
        report.stopped().ifPresent(why -> out.println("Stopped early: " + why));
    }
}
