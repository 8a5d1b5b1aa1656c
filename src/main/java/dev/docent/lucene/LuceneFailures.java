package dev.docent.lucene;

import dev.docent.failure.DependencyException;
import dev.docent.failure.Diagnosis;
import dev.docent.failure.Failure;
import dev.docent.failure.Failure.Nature;
import dev.docent.failure.FailureCode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Explains everything that can go wrong with an index in a folder.
 *
 * @param folder the index's folder, for the owner
 */
record LuceneFailures(Path folder) {

    /** The disk fails or its content is damaged; {@code verb} is what could not be done. */
    DependencyException unusable(String verb, IOException cause) {
        return misconfigured(
                Diagnosis.DATA_FOLDER,
                "The index folder "
                        + folder
                        + " cannot be "
                        + verb
                        + ": "
                        + cause.getClass().getSimpleName()
                        + " "
                        + cause.getMessage()
                        + ".",
                "Check that its disk has room and that the user of docent may write there, or name"
                        + " another folder with DOCENT_DATA.",
                cause);
    }

    DependencyException heldElsewhere(IOException cause) {
        return misconfigured(
                Diagnosis.DATA_FOLDER,
                "The index folder " + folder + " is held by another instance of docent.",
                "Stop the other instance, or give this one a folder of its own with DOCENT_DATA.",
                cause);
    }

    DependencyException updatedAlready() {
        return misconfigured(
                Diagnosis.UPDATE_RUNNING,
                "The index folder " + folder + " is being updated already.",
                "Wait until the running update has ended.",
                null);
    }

    DependencyException closed() {
        return misconfigured(
                Diagnosis.DATA_FOLDER,
                "The index folder " + folder + " was closed.",
                "Start docent again.",
                null);
    }

    DependencyException tooSlow(Duration limit) {
        return new DependencyException(
                new Failure(
                        Diagnosis.LATE,
                        FailureCode.TIMEOUT,
                        Nature.UNAVAILABLE,
                        "Searching the documentation took too long.",
                        "A search in " + folder + " took longer than " + limit.toSeconds() + " s.",
                        "See whether the machine is overloaded."));
    }

    private static DependencyException misconfigured(
            Diagnosis diagnosis, String owner, String action, @Nullable Throwable cause) {
        return new DependencyException(
                new Failure(
                        diagnosis,
                        FailureCode.RETRIEVAL_FAILED,
                        Nature.MISCONFIGURED,
                        "The documentation cannot be searched right now.",
                        owner,
                        action),
                cause);
    }
}
