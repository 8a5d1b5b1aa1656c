package dev.docent.ingest;

import dev.docent.site.FailedFile;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What an ingestion did, or would do.
 *
 * @param files files that were read
 * @param pages pages in them that are published
 * @param sections sections with text
 * @param added passages that the index did not have
 * @param changed passages that it had otherwise
 * @param unchanged passages that it had as they are
 * @param removed passages that are no more
 * @param tokens length of the texts that were, or would be, embedded
 * @param calls requests to the embedding model
 * @param failed files that could not be read
 * @param notes what was found out about the site
 * @param warnings what is odd but did no harm, a sentence each
 * @param stoppedOrNull why the run ended early, as a sentence; null where it did not. What was done
 *     is kept, searches go on as before, and the next run goes on from there
 * @param published whether searches see the new state
 * @param took how long it took; of a dry run, how long a real one would at least
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

    /** Why the run ended early; empty where it did not. */
    public Optional<String> stopped() {
        return Optional.ofNullable(stoppedOrNull);
    }
}
