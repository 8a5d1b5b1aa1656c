package dev.docent.ingest;

import dev.docent.site.FailedFile;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What an ingestion did, or would do.
 *
 * @param files how many files were read
 * @param pages how many published pages they hold
 * @param sections how many sections with text they hold
 * @param passages what became of their passages
 * @param spent what was, or would be, spent on the embedding model
 * @param failed files that could not be read
 * @param notes what was found out about the site
 * @param warnings oddities that do no harm, a sentence each
 * @param underHalf how many pages were found and how many Markdown files belong to nothing that was
 *     found, if these are more; empty if all is well
 * @param published whether searches see the new state
 * @param took how long the run took; for a dry run, how long a real one would take at least
 */
public record IngestReport(
        int files,
        int pages,
        int sections,
        Passages passages,
        Spent spent,
        List<FailedFile> failed,
        List<String> notes,
        List<String> warnings,
        Optional<String> underHalf,
        boolean published,
        Duration took) {

    public IngestReport {
        failed = List.copyOf(failed);
        notes = List.copyOf(notes);
        warnings = List.copyOf(warnings);
    }

    /**
     * What became of the passages of a site.
     *
     * @param added passages that are new to the index
     * @param changed passages that the index had with another text
     * @param unchanged passages that the index had already
     * @param removed passages that no longer exist
     */
    public record Passages(int added, int changed, int unchanged, int removed) {
        /** How many passages the site has now. */
        public int all() {
            return added + changed + unchanged;
        }
    }

    /** Why the run ended early; empty if it did not. */
    public Optional<String> stopped() {
        return Optional.ofNullable(spent.stopped());
    }
}
