package dev.docent.ingest;

import dev.docent.site.Coverage;
import dev.docent.site.FailedFile;
import dev.docent.site.PageFile;
import dev.docent.site.Site;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

/** Counts what a run did. Not thread-safe. */
final class RunCounts {
    private final Site site;
    private final List<PageFile> files;
    private final Survey survey;
    private final List<FailedFile> failed;
    private final Coverage coverage;
    private Spent spent = Spent.NOTHING;
    private int removed;
    private boolean published;

    RunCounts(Site site, List<PageFile> files, Survey survey, List<FailedFile> failed) {
        this.site = site;
        this.files = files;
        this.survey = survey;
        this.failed = failed;
        coverage = Coverage.of(site, files);
    }

    void removed(int passages) {
        removed = passages;
    }

    void published() {
        published = true;
    }

    void spent(Spent all) {
        spent = all;
    }

    /** What was done, given what the index held before. */
    IngestReport report(Map<UUID, String> before, Duration took) {
        return report(before, removed, spent, took);
    }

    /**
     * What a run would do, and how long it would take.
     *
     * @param nanosPerToken how long the model takes for a token where no quota sets the pace
     */
    IngestReport forecast(Map<UUID, String> before, IngestSettings settings, double nanosPerToken) {
        int texts = 0;
        long tokens = 0;
        for (PageFile file : files) {
            Map<UUID, Integer> fresh = survey.fresh(file, before);
            texts += fresh.size();
            tokens += fresh.values().stream().mapToLong(Integer::longValue).sum();
        }
        int perMinute = settings.textsPerMinute();
        int batch = perMinute == 0 ? settings.batch() : Math.min(settings.batch(), perMinute);
        int calls = (texts + batch - 1) / batch;
        int minutes = perMinute == 0 || texts == 0 ? 0 : (texts - 1) / perMinute;
        int perDay = settings.textsPerDay();
        String days =
                perDay == 0 || texts <= perDay
                        ? null
                        : "With %,d texts a day this takes %,d days; each run goes on where the last one stopped."
                                .formatted(perDay, (texts + perDay - 1) / perDay);
        int vanished =
                (int)
                        before.keySet().stream()
                                .filter(id -> !survey.hashes().containsKey(id))
                                .count();
        return report(
                before,
                vanished,
                new Spent(tokens, calls, days),
                perMinute > 0
                        ? Duration.ofMinutes(minutes)
                        : Duration.ofNanos((long) (tokens * nanosPerToken)));
    }

    private IngestReport report(Map<UUID, String> before, int gone, Spent spending, Duration took) {
        int added = 0;
        int unchanged = 0;
        for (Map.Entry<UUID, String> passage : survey.hashes().entrySet()) {
            String had = before.get(passage.getKey());
            added += had == null ? 1 : 0;
            unchanged += passage.getValue().equals(had) ? 1 : 0;
        }
        return new IngestReport(
                survey.files(),
                survey.pages(),
                survey.sections(),
                new IngestReport.Passages(
                        added, survey.hashes().size() - added - unchanged, unchanged, gone),
                spending,
                failed,
                Stream.concat(site.notes().stream(), survey.copies().stream()).toList(),
                Stream.of(site.warnings(), coverage.warnings(), survey.warnings())
                        .flatMap(List::stream)
                        .toList(),
                coverage.underHalf(),
                published,
                took);
    }
}
