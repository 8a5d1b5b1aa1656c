package dev.docent.ingest;

import java.time.Duration;

/** Receives the progress of an ingestion, on the thread that runs it. */
public interface Progress {
    /** Ignores it. */
    Progress SILENT =
            new Progress() {
                @Override
                public void step(int filesDone, int files, int embedded) {}

                @Override
                public void waiting(Duration pause) {}

                @Override
                public void end() {}
            };

    /**
     * Some files were processed.
     *
     * @param filesDone how many files are done
     * @param files how many files there are
     * @param embedded how many passages this run has embedded
     */
    void step(int filesDone, int files, int embedded);

    /** The quota per minute is spent, and the run continues after a pause. */
    void waiting(Duration pause);

    /** The run has ended, successfully or not. */
    void end();
}
