package dev.docent.ingest;

import dev.docent.site.SiteSettings;

/**
 * What an ingestion goes by.
 *
 * @param site how the site is laid out
 * @param maxTokens length that a passage should not exceed, in tokens of the embedding model; at
 *     least 50
 * @param maxFileBytes longer files are named and skipped
 * @param batch passages that are embedded and stored at a time, 1 to 1000; this bounds memory
 * @param textsPerMinute quota of the embedding model, counted in texts; 0 for none
 * @param textsPerDay what one run may spend of a daily quota; 0 for none
 * @param dryRun whether only to count: nothing is embedded and nothing is written
 * @param prune whether to take out what vanished even when some files could not be read, whose
 *     passages then vanish too
 */
public record IngestSettings(
        SiteSettings site,
        int maxTokens,
        long maxFileBytes,
        int batch,
        int textsPerMinute,
        int textsPerDay,
        boolean dryRun,
        boolean prune) {

    /** Passages of 400 tokens, files up to 4 MiB, batches of 100, no quotas. */
    public static IngestSettings defaults(SiteSettings site) {
        return new IngestSettings(site, 400, 4L << 20, 100, 0, 0, false, false);
    }

    /** The same, but only counting. */
    public IngestSettings asDryRun() {
        return new IngestSettings(
                site, maxTokens, maxFileBytes, batch, textsPerMinute, textsPerDay, true, prune);
    }

    /** The same, but taking out what vanished whatever could not be read. */
    public IngestSettings pruning() {
        return new IngestSettings(
                site, maxTokens, maxFileBytes, batch, textsPerMinute, textsPerDay, dryRun, true);
    }

    /** The same with quotas, 0 for none. */
    public IngestSettings withQuotas(int perMinute, int perDay) {
        return new IngestSettings(
                site, maxTokens, maxFileBytes, batch, perMinute, perDay, dryRun, prune);
    }
}
