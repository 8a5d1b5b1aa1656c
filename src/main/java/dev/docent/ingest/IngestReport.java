package dev.docent.ingest;

import dev.docent.site.FailedFile;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What an ingestion did, or would do.
 *
 * @param files how many files were read
 * @param pages how many published pages they hold
 * @param sections how many sections with text they hold
 * @param added passages that are new to the index
 * @param changed passages that the index had with another text
 * @param unchanged passages that the index had already
 * @param removed passages that no longer exist
 * @param tokens total length of the texts that were, or would be, embedded
 * @param calls requests to the embedding model
 * @param failed files that could not be read
 * @param notes what was found out about the site
 * @param warnings oddities that do no harm, a sentence each
 * @param stoppedOrNull why the run ended early, as a sentence; null if it did not. What was done is
 *     kept, searches see the old state, and the next run continues from there
 * @param published whether searches see the new state
 * @param took how long the run took; for a dry run, how long a real one would take at least
 */
public record IngestReport(
        int files,
        int pages,
        int sections,
        int added,
        int changed,
        int unchanged,
        int removed,
        long tokens,
        int calls,
        List<FailedFile> failed,
        List<String> notes,
        List<String> warnings,
        @Nullable String stoppedOrNull,
        boolean published,
        Duration took) {

    public IngestReport {
        failed = List.copyOf(failed);
        notes = List.copyOf(notes);
        warnings = List.copyOf(warnings);
    }

    /** Why the run ended early; empty if it did not. */
    public Optional<String> stopped() {
        return Optional.ofNullable(stoppedOrNull);
    }
}
