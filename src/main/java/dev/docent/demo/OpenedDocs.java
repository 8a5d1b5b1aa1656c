package dev.docent.demo;

import dev.docent.failure.DependencyException;
import dev.docent.failure.Diagnosis;
import dev.docent.failure.Failure;
import dev.docent.failure.FailureCode;
import dev.docent.ingest.IngestReport;
import dev.docent.ingest.Ingestion;
import dev.docent.site.SiteException;
import dev.docent.waiting.Sleeper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * The documentation that the service opens at the start in demo mode. In live mode the index is
 * filled beforehand, and there is nothing to open, only to learn from. Thread-safe.
 */
public final class OpenedDocs implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger("docs");

    private static final Failure STARTING =
            new Failure(
                    Diagnosis.STARTING,
                    FailureCode.RETRIEVAL_FAILED,
                    Failure.Nature.UNAVAILABLE,
                    "The service is still reading the documentation; please ask again in a moment.",
                    "The documentation is still being read.",
                    "Wait until the log says that the service is ready.",
                    Duration.ofSeconds(5));

    /** After which time to learn again what could not be learnt. */
    private static final Duration LEARNT_AGAIN = Duration.ofMinutes(10);

    private final Ingestion ingestion;
    private final @Nullable Path folder;
    private final BooleanSupplier published;
    private final Runnable afterwards;
    private final Runnable learning;
    private final Sleeper sleeper;
    private final CountDownLatch opened = new CountDownLatch(1);
    private volatile Optional<Failure> notYet = Optional.of(STARTING);
    private volatile boolean closing;
    private @Nullable Thread reader;

    /**
     * Opens nothing yet.
     *
     * @param ingestion reads the folder into the index
     * @param folder what is opened, null for nothing
     * @param published whether the index can already answer from an earlier start
     * @param afterwards called when a folder can be asked about, when it was read, and when it
     *     could not be
     * @param learning what may be learnt from the documentation afterwards, while questions are
     *     answered already
     */
    public OpenedDocs(
            Ingestion ingestion,
            @Nullable Path folder,
            BooleanSupplier published,
            Runnable afterwards,
            Runnable learning) {
        this(ingestion, folder, published, afterwards, learning, Thread::sleep);
    }

    OpenedDocs(
            Ingestion ingestion,
            @Nullable Path folder,
            BooleanSupplier published,
            Runnable afterwards,
            Runnable learning,
            Sleeper sleeper) {
        this.ingestion = ingestion;
        this.folder = folder;
        this.published = published;
        this.afterwards = afterwards;
        this.learning = learning;
        this.sleeper = sleeper;
    }

    /**
     * Starts to read in the background. Until it has finished, questions are answered from what an
     * earlier start has read, if anything.
     */
    public void open() {
        Path docs = folder;
        if (docs == null) {
            notYet = Optional.empty();
            opened.countDown();
            reader = Thread.ofPlatform().daemon().name("docs").start(this::learn);
        } else {
            LOG.info("opening {}", docs);
            if (Files.isReadable(docs) && published.getAsBoolean()) {
                answer();
            }
            // Reading is work for the processor; on a virtual thread it would delay requests.
            reader = Thread.ofPlatform().daemon().name("docs").start(() -> read(docs));
        }
    }

    /** Why questions cannot be answered yet, or at all; empty once they can. */
    public Optional<Failure> notYet() {
        return notYet;
    }

    /** Why the documentation could not be opened; empty while it is being read and when it was. */
    public Optional<Failure> failure() {
        return notYet.filter(failure -> !failure.equals(STARTING));
    }

    /** Waits until the documentation was read, or could not be. */
    public boolean await(Duration limit) throws InterruptedException {
        return opened.await(limit.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
        closing = true;
        Thread running = reader;
        if (running != null) {
            running.interrupt();
            try {
                running.join(Duration.ofSeconds(10));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void answer() {
        notYet = Optional.empty();
        opened.countDown();
        afterwards.run();
    }

    private void read(Path docs) {
        try {
            tell(ingestion.run(docs), notYet.isEmpty());
            // First, so that the first question is decided as the later ones are.
            boolean learnt = learnt();
            answer();
            if (!learnt) {
                learn();
            }
        } catch (SiteException e) {
            fail(unreadable(String.valueOf(e.getMessage())));
        } catch (DependencyException e) {
            fail(e.failure());
        } catch (RuntimeException e) {
            fail(unreadable("Reading the documentation broke."));
            LOG.error("reading the documentation broke", e);
        }
    }

    /** Learns as soon as what it needs answers. */
    private void learn() {
        while (!closing && !learnt()) {
            try {
                sleeper.sleep(LEARNT_AGAIN);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    /** Learns; false if it has to be tried again. */
    private boolean learnt() {
        try {
            learning.run();
            return true;
        } catch (DependencyException e) {
            if (!closing) {
                LOG.atLevel(e.known() ? Level.DEBUG : Level.WARN)
                        .log("what to refuse is decided by defaults: {}", e.failure().briefly());
            }
            return closing || !e.failure().retryable();
        } catch (RuntimeException e) {
            if (!closing) {
                LOG.error("learning from the documentation broke", e);
            }
            return true;
        }
    }

    private void fail(Failure failure) {
        if (closing) {
            opened.countDown();
        } else if (notYet.isEmpty()) {
            LOG.warn(
                    "{} Answers come from what an earlier start has read. ({})",
                    failure.owner(),
                    failure.diagnosis().code());
        } else {
            notYet = Optional.of(failure);
            opened.countDown();
            afterwards.run();
        }
    }

    /** If the service was ready before and nothing changed, this is not worth a line at INFO. */
    private static void tell(IngestReport report, boolean wasReady) {
        report.notes().forEach(note -> LOG.info("{}", note));
        report.failed().forEach(file -> LOG.warn("{} {}", file.file(), file.reason()));
        report.warnings().forEach(warning -> LOG.warn("{}", warning));
        report.underHalf().ifPresent(why -> LOG.error("{}", why));
        IngestReport.Passages passages = report.passages();
        boolean nothingNew = passages.unchanged() == passages.all() && passages.removed() == 0;
        LOG.atLevel(wasReady && nothingNew ? Level.DEBUG : Level.INFO)
                .log(
                        "{} pages, {} passages ({} new, {} changed, {} removed) in {} ms",
                        report.pages(),
                        passages.all(),
                        passages.added(),
                        passages.changed(),
                        passages.removed(),
                        report.took().toMillis());
    }

    private static Failure unreadable(String why) {
        return new Failure(
                Diagnosis.DOCS_UNREADABLE,
                FailureCode.RETRIEVAL_FAILED,
                Failure.Nature.MISCONFIGURED,
                "The documentation could not be read, so there is nothing to answer from.",
                why,
                "Set DOCENT_DOCS to a folder of Markdown files that this service may read.");
    }
}
