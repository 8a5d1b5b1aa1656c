package dev.docent.ingest;

import dev.docent.site.SiteSettings;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The settings of an ingestion.
 *
 * @param site how the site is laid out
 * @param maxTokens length that a passage should not exceed, in tokens of the embedding model; at
 *     least 50
 * @param maxFileBytes longer files are reported and skipped
 * @param batch how many passages are embedded and stored at a time, 1 to 1000; this bounds memory
 * @param textsPerMinute quota of the embedding model in texts; 0 for none
 * @param textsPerDay how much of a daily quota one run may spend; 0 for no limit
 * @param dryRun whether only to count: nothing is written, and at most some passages are embedded
 *     to measure the time, where no quota is spent on it
 * @param prune whether to remove vanished passages even if some files could not be read, whose
 *     passages then vanish, too
 * @param pages a file that gets a line of JSON for each page; null for none
 */
public record IngestSettings(
        SiteSettings site,
        int maxTokens,
        long maxFileBytes,
        int batch,
        int textsPerMinute,
        int textsPerDay,
        boolean dryRun,
        boolean prune,
        @Nullable Path pages) {

    /** Passages of 400 tokens, files up to 4 MiB, batches of 100, no quotas. */
    public static IngestSettings defaults(SiteSettings site) {
        return new IngestSettings(site, 400, 4L << 20, 100, 0, 0, false, false, null);
    }

    /** The same for one run; see the components. */
    public IngestSettings run(boolean dryRun, boolean prune, @Nullable Path pages) {
        return new IngestSettings(
                site,
                maxTokens,
                maxFileBytes,
                batch,
                textsPerMinute,
                textsPerDay,
                dryRun,
                prune,
                pages);
    }

    /** The same with quotas, 0 for none. */
    public IngestSettings withQuotas(int perMinute, int perDay) {
        return new IngestSettings(
                site, maxTokens, maxFileBytes, batch, perMinute, perDay, dryRun, prune, pages);
    }
}
