package dev.docent.retrieval;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.docent.failure.DependencyException;
import dev.docent.rag.EmbeddingSpace;
import dev.docent.rag.PassageIndex;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The calibration that is stored with an index, looked at now and then. Thread-safe. */
public final class Calibrations {
    private static final Logger LOG = LoggerFactory.getLogger(Calibrations.class);

    /** An ingestion may replace it, and the service is not notified. */
    private static final Duration KNOWN_FOR = Duration.ofSeconds(30);

    private final PassageIndex index;
    private final EmbeddingSpace space;
    private final Cache<EmbeddingSpace, Optional<Calibration>> known =
            Caffeine.newBuilder().expireAfterWrite(KNOWN_FOR).build();

    Calibrations(PassageIndex index, EmbeddingSpace space) {
        this.index = index;
        this.space = space;
    }

    /** Empty where there is none of this space, or it cannot be read now. */
    Optional<Calibration> get() {
        try {
            return known.get(space, _ -> stored(index, space));
        } catch (DependencyException e) {
            LOG.warn("deciding without a calibration: {}", e.failure().briefly());
            return Optional.empty();
        }
    }

    /** How refusals are decided with an index, for its owner. */
    public static String words(PassageIndex index, EmbeddingSpace space) {
        Optional<String> note = index.note(PassageIndex.Note.CALIBRATION);
        return of(note, space)
                .map(Calibration::words)
                .orElse(
                        (note.isEmpty() ? "none" : "of another model, or damaged")
                                + (Evidence.calibratedFor(space)
                                        ? ", so the defaults of the local model decide"
                                        : ", so words alone decide what is refused"));
    }

    private static Optional<Calibration> stored(PassageIndex index, EmbeddingSpace space) {
        return of(index.note(PassageIndex.Note.CALIBRATION), space);
    }

    private static Optional<Calibration> of(Optional<String> note, EmbeddingSpace space) {
        return note.flatMap(Calibration::parse).filter(one -> one.isOf(space));
    }
}
