package dev.docent.ingest;

import dev.docent.failure.DependencyException;
import dev.docent.rag.Embedder;
import dev.docent.rag.IndexUpdate;
import dev.docent.rag.Passage;
import dev.docent.rag.PassageIndex;
import dev.docent.site.FailedFile;
import dev.docent.site.Page;
import dev.docent.site.PageFile;
import dev.docent.site.PageFinder;
import dev.docent.site.PageReader;
import dev.docent.site.Site;
import dev.docent.site.SiteException;
import dev.docent.site.SiteScan;
import dev.docent.waiting.Sleeper;
import dev.docent.waiting.SteadyTime;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Brings an index up to date with a folder of pages. Only new and changed passages are embedded,
 * and searches see the new state in one step at the end. A run that is killed or reaches a quota
 * keeps what it has done, and the next run continues from there. Not thread-safe: one run at a time
 * on one index.
 */
public final class Ingestion {
    /** How many passages are embedded to measure how long that takes. */
    private static final int SAMPLE = 8;

    private final PassageIndex index;
    private final Embedder embedder;
    private final IngestSettings settings;
    private final Progress progress;
    private final SurveyCache cache;
    private final Clock clock;
    private final Sleeper sleeper;

    public Ingestion(
            PassageIndex index, Embedder embedder, IngestSettings settings, Progress progress) {
        this(index, embedder, settings, progress, SurveyCache.NONE);
    }

    /**
     * The same, for a folder that is ingested again and again.
     *
     * @param cache what the last run found in the files
     */
    public Ingestion(
            PassageIndex index,
            Embedder embedder,
            IngestSettings settings,
            Progress progress,
            SurveyCache cache) {
        this(index, embedder, settings, progress, cache, SteadyTime.now(), Thread::sleep);
    }

    public Ingestion(
            PassageIndex index,
            Embedder embedder,
            IngestSettings settings,
            Progress progress,
            SurveyCache cache,
            Clock clock,
            Sleeper sleeper) {
        this.index = index;
        this.embedder = embedder;
        this.settings = settings;
        this.progress = progress;
        this.cache = cache;
        this.clock = clock;
        this.sleeper = sleeper;
    }

    /**
     * Ingests a folder of docs, a site's root, or a single file.
     *
     * @throws SiteException when there is nothing to ingest: the folder is missing, cannot be read,
     *     or holds no page
     * @throws DependencyException when the index fails, or the embedding model fails for another
     *     reason than its quota; what was done is kept
     */
    public IngestReport run(Path dir) {
        Instant start = clock.instant();
        Site site = site(dir);
        List<String> odd = new ArrayList<>();
        // Before the pages are read, or it could be newer than they are.
        Provenance state = provenance(dir, start, odd);
        List<FailedFile> failed = new ArrayList<>();
        List<PageFile> files =
                site.roots().stream()
                        .flatMap(root -> PageFinder.find(root, failed).stream())
                        .toList();
        if (files.isEmpty()) {
            throw new SiteException(
                    "There is no page (.md or .mdx) in " + dir + ", so nothing was ingested.");
        }
        try {
            return run(site, files, failed, state, odd);
        } finally {
            progress.end();
        }
    }

    private static Provenance provenance(Path dir, Instant now, List<String> warnings) {
        Checkout.Commit commit = null;
        try {
            Optional<Checkout> checkout = Checkout.around(dir);
            if (checkout.isPresent()) {
                commit = checkout.get().commit().orElse(null);
            }
        } catch (Checkout.UnknownCommitException e) {
            warnings.add(
                    "The index will not know which commit it is of, because %s."
                            .formatted(e.why()));
        }
        return new Provenance(commit, now);
    }

    private void remember(Provenance state, List<String> warnings) {
        try {
            index.keep(PassageIndex.Note.PROVENANCE, state.json());
        } catch (DependencyException e) {
            warnings.add(
                    "Searches see the new state, but the index does not know of when it is. "
                            + e.failure().briefly());
        }
    }

    private IngestReport run(
            Site site,
            List<PageFile> files,
            List<FailedFile> failed,
            Provenance state,
            List<String> odd) {
        Instant start = state.ingestedAt();
        PageReader reader = new PageReader(site, settings.maxFileBytes());
        PassageSplitter splitter = new PassageSplitter(settings.maxTokens(), embedder::tokens);
        Survey survey;
        Path listing = settings.pages();
        try (PageList list = listing == null ? null : new PageList(listing)) {
            survey = new Survey(reader, splitter, embedder.space(), settings, failed, list);
            survey(survey, site, files);
        }
        survey.warnings().addAll(0, odd);
        RunCounts tally = new RunCounts(site, files, survey, failed);
        if (index.holds(embedder.space(), survey.hashes())) {
            tally.published();
            if (!settings.dryRun()) {
                remember(state, survey.warnings());
            }
            return tally.report(survey.hashes(), Duration.between(start, clock.instant()));
        }
        if (settings.dryRun()) {
            Map<UUID, String> there = index.present(embedder.space());
            return tally.forecast(there, settings, pace(files, reader, splitter, survey, there));
        }
        try (IndexUpdate update = index.update(embedder.space());
                PassageWriter intake =
                        new PassageWriter(
                                embedder, update, settings, progress, clock, sleeper, survey)) {
            Map<UUID, String> present = Map.copyOf(update.present());
            if (embed(files, reader, splitter, survey, present, intake)) {
                tally.removed(removeVanished(update, present, survey, failed));
                update.publish();
                tally.published();
                remember(state, survey.warnings());
            }
            tally.spent(intake.spent());
            return tally.report(present, Duration.between(start, clock.instant()));
        }
    }

    /**
     * How long the embedding model takes for a token, in nanoseconds, measured with some of the
     * passages; 0 where a quota sets the pace, which must not be spent.
     */
    private double pace(
            List<PageFile> files,
            PageReader reader,
            PassageSplitter splitter,
            Survey survey,
            Map<UUID, String> present) {
        if (settings.textsPerMinute() > 0) {
            return 0;
        }
        List<Passage> sample = new ArrayList<>();
        int step = Math.max(1, files.size() / SAMPLE);
        for (int i = 0; i < files.size() && sample.size() < SAMPLE; i += step) {
            Map<UUID, Integer> fresh = survey.fresh(files.get(i), present);
            if (!fresh.isEmpty()) {
                splitter.passages(reader.read(files.get(i), new ArrayList<>()), true).stream()
                        .filter(passage -> fresh.containsKey(passage.id()))
                        .limit(2)
                        .forEach(sample::add);
            }
        }
        int tokens = sample.stream().mapToInt(Passage::tokens).sum();
        if (tokens == 0) {
            return 0;
        }
        // The first texts also load the model.
        embedder.embedPassages(sample.subList(0, 1));
        long start = System.nanoTime();
        embedder.embedPassages(sample);
        return (double) (System.nanoTime() - start) / tokens;
    }

    private void survey(Survey survey, Site site, List<PageFile> files) {
        if (settings.dryRun()) {
            // Only a dry run counts tokens here, and it may not write a cache.
            survey.add(files, Map.of());
            return;
        }
        String circumstances =
                String.join(
                        "\n",
                        site.toString(),
                        embedder.space().toString(),
                        String.valueOf(settings.maxTokens()),
                        String.valueOf(settings.maxFileBytes()));
        // The cache knows no headings.
        Map<String, FileSurvey> known =
                settings.pages() == null ? cache.recall(circumstances) : Map.of();
        survey.add(files, known);
        Map<String, FileSurvey> found = survey.surveys();
        if (!found.equals(known)) {
            cache.remember(circumstances, found);
        }
    }

    private boolean embed(
            List<PageFile> files,
            PageReader reader,
            PassageSplitter splitter,
            Survey survey,
            Map<UUID, String> present,
            PassageWriter intake) {
        for (int i = 0; i < files.size(); i++) {
            Map<UUID, Integer> fresh = survey.fresh(files.get(i), present);
            if (!fresh.isEmpty()) {
                // The survey has already noted the oddities of the page.
                List<Page> pages = reader.read(files.get(i), new ArrayList<>());
                if (!intake.take(splitter.passages(pages, true), fresh)) {
                    break;
                }
            }
            progress.step(i + 1, files.size(), intake.embedded());
        }
        return intake.flush();
    }

    private int removeVanished(
            IndexUpdate update, Map<UUID, String> present, Survey survey, List<FailedFile> failed) {
        List<UUID> vanished =
                present.keySet().stream().filter(id -> !survey.hashes().containsKey(id)).toList();
        if (!failed.isEmpty() && !settings.prune() && !vanished.isEmpty()) {
            survey.warnings()
                    .add(
                            "%,d passages that are no more were kept, because some files could not be read; --prune takes them out."
                                    .formatted(vanished.size()));
            return 0;
        }
        if (!vanished.isEmpty()) {
            update.remove(vanished);
        }
        return vanished.size();
    }

    private Site site(Path dir) {
        if (!Files.exists(dir)) {
            throw new SiteException("There is no folder " + dir + ".");
        }
        if (!Files.isReadable(dir)) {
            throw new SiteException(
                    "The folder " + dir + " may not be read; look at its permissions.");
        }
        return SiteScan.of(dir, settings.site());
    }
}
