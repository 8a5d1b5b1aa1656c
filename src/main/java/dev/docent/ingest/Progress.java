package dev.docent.ingest;

import java.time.Duration;

/** Is told how far an ingestion is, on the thread that runs it. */
public interface Progress {
    /** One that says nothing. */
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
     * Some work is done.
     *
     * @param filesDone files that are through
     * @param files all files
     * @param embedded passages that were embedded in this run
     */
    void step(int filesDone, int files, int embedded);

    /** The quota is spent, and the run goes on after a pause. */
    void waiting(Duration pause);

    /** The run is over, well or not. */
    void end();
}
