package dev.docent;

import dev.docent.budget.Budgets;
import dev.docent.chat.ChatParts;
import dev.docent.chat.ChatService;
import dev.docent.chat.Conversations;
import dev.docent.config.Problem;
import dev.docent.database.Retention;
import dev.docent.demo.OpenedDocs;
import dev.docent.failure.Diagnosis;
import dev.docent.failure.Failure;
import dev.docent.failure.FailureCode;
import dev.docent.health.Condition;
import dev.docent.health.HealthMonitor;
import dev.docent.http.HttpServer;
import dev.docent.ingest.Ingestion;
import dev.docent.ingest.Progress;
import dev.docent.rag.Embedder;
import dev.docent.rag.LanguageModel;
import dev.docent.resilience.GuardedEmbedder;
import dev.docent.retrieval.Calibrator;
import dev.docent.retrieval.Examples;
import dev.docent.retrieval.Retriever;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The assembled service, from its open port down to its dependencies. Closing closes the parts in
 * the reverse order of opening. Thread-safe.
 */
public final class Docent implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger("docent");

    private static final Optional<Failure> STARTING =
            Optional.of(
                    new Failure(
                            Diagnosis.STARTING,
                            FailureCode.RETRIEVAL_FAILED,
                            Failure.Nature.UNAVAILABLE,
                            "The service is still starting; please ask again in a moment.",
                            "The index was not looked at yet.",
                            "Wait until the log says that the service is ready.",
                            Duration.ofSeconds(5)));

    private final Deque<AutoCloseable> parts = new ArrayDeque<>();
    private final DeferredIndex index;
    private final Examples examples;
    private final HealthMonitor monitor;
    private final OpenedDocs docs;
    private final HttpServer server;

    /**
     * Opens the port, then the index, and then, in parallel, checks the dependencies and opens the
     * documentation.
     *
     * @param origins which browsers' origins may use the API
     * @throws dev.docent.failure.DependencyException when a part of this machine, such as the data
     *     folder, cannot be used
     * @throws dev.docent.http.PortTakenException when the port cannot be listened on
     */
    public Docent(Settings settings, Predicate<String> origins, InstantSource clock) {
        try {
            Embedder embedder = keep(Adapters.embedder(settings));
            index = keep(new DeferredIndex(() -> Adapters.index(settings)));
            Conversations stored = keep(Adapters.conversations(settings));
            LanguageModel model = keep(Adapters.model(settings));
            LanguageModel quoting = Adapters.quoting();
            Budgets budgets = new Budgets(settings.budget(), clock);
            docs =
                    keep(
                            new OpenedDocs(
                                    new Ingestion(
                                            index,
                                            embedder,
                                            Adapters.ingestion(settings, Adapters.site(settings)),
                                            Progress.SILENT,
                                            Adapters.surveys(settings, settings.docs().dir())),
                                    Adapters.docs(settings),
                                    () -> embedder.space().equals(index.state().space()),
                                    () -> indexChanged(settings),
                                    () ->
                                            new Calibrator(
                                                            index,
                                                            counted(settings, embedder, budgets))
                                                    .refresh()));
            monitor =
                    keep(
                            new HealthMonitor(
                                    Probes.of(settings, embedder, index, stored, model, docs),
                                    settings.health().timeout(),
                                    clock));
            Guards guards = new Guards(settings, monitor, clock);
            Conversations conversations = keep(guards.conversations(stored));
            keep(new Retention(conversations, settings.chat().keep(), clock));
            Retriever retriever =
                    new Retriever(
                            guards.index(index),
                            guards.embedder(counted(settings, embedder, budgets)));
            examples = new Examples(retriever);
            ChatService chat =
                    keep(
                            new ChatService(
                                    new ChatParts(
                                            retriever,
                                            searchers(settings),
                                            guards.model(model),
                                            quoting,
                                            conversations,
                                            () -> withoutPassages(settings, guards)),
                                    settings.chat(),
                                    clock));
            server =
                    keep(
                            HttpServer.start(
                                    settings.server(),
                                    new HttpServer.Parts(
                                            chat,
                                            conversations,
                                            monitor,
                                            budgets,
                                            () -> withoutPassages(settings, guards).isEmpty(),
                                            new RefusedOrigins(
                                                    origins, settings.origins().entries()),
                                            Whereabouts.of(settings),
                                            Build.name(),
                                            () -> examples(settings),
                                            () -> SiteAddress.of(settings, index))));
            index.open();
            monitor.start();
            docs.open();
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    /** The port that the service listens on. */
    public int port() {
        return server.port();
    }

    /** Whether the port takes connections. Where not, only a new process helps. */
    public boolean listening() {
        return server.listening();
    }

    /**
     * Whether threads can be started, and virtual ones get their turn within a minute. They wait
     * for ever, and nothing says so, where the machine allows no threads that carry them.
     */
    public static boolean threadsRun() throws InterruptedException {
        CountDownLatch turns = new CountDownLatch(2);
        try {
            Thread.ofPlatform().daemon().name("trial").start(turns::countDown);
            Thread.startVirtualThread(turns::countDown);
        } catch (OutOfMemoryError e) {
            LOG.debug("no thread can be started", e);
            return false;
        }
        return turns.await(60, TimeUnit.SECONDS);
    }

    /** A question that the documentation answers, if one is known. */
    public Optional<String> example() {
        return examples.questions().stream().findFirst();
    }

    /**
     * Waits until the documentation is open and each dependency was checked once.
     *
     * @return whether that happened within the limit
     */
    public boolean awaitReady(Duration limit) throws InterruptedException {
        long deadline = System.nanoTime() + limit.toNanos();
        return docs.await(limit)
                && monitor.awaitFirstRound(Duration.ofNanos(deadline - System.nanoTime()));
    }

    /**
     * Waits until all is well for the first time.
     *
     * @return whether that happened within the limit
     */
    public boolean awaitWell(Duration limit) throws InterruptedException {
        return monitor.awaitWell(limit);
    }

    /** The names of the parts that are known not to work. */
    public List<String> down() {
        return monitor.report().failed();
    }

    /** What only the owner can repair, as far as the first check of the dependencies showed it. */
    public List<Problem> hopeless() {
        List<Problem> problems = new ArrayList<>();
        docs.failure().ifPresent(failure -> problems.add(Probes.problem("docs", failure)));
        monitor.report()
                .conditions()
                .forEach((name, condition) -> {
                    if (condition instanceof Condition.Failing failing
                            && failing.failure().nature() == Failure.Nature.CREDENTIAL_REJECTED) {
                        problems.add(Probes.problem(name, failing.failure()));
                    }
                });
        return problems;
    }

    private static Embedder counted(Settings settings, Embedder embedder, Budgets budgets) {
        return settings.parts().embeddings() == Settings.Embeddings.GEMINI
                ? new GuardedEmbedder(embedder, budgets::embedded)
                : embedder;
    }

    /**
     * As many threads as there are processors keep these busy with an index in this process; a
     * remote one mostly makes them wait.
     */
    private static int searchers(Settings settings) {
        int cores = Math.max(2, Runtime.getRuntime().availableProcessors());
        return settings.parts().index() == Settings.Index.LUCENE ? cores : 16 * cores;
    }

    private List<String> examples(Settings settings) {
        List<String> own = settings.docs().examples();
        return own.isEmpty() ? examples.questions() : own;
    }

    /** Lets running answers end, then closes everything. */
    @Override
    public void close() {
        LOG.info("shutting down");
        while (!parts.isEmpty()) {
            AutoCloseable part = parts.pop();
            try {
                part.close();
            } catch (Exception e) {
                LOG.warn("closing {} failed", part.getClass().getSimpleName(), e);
            }
        }
        LOG.info("closed");
    }

    private void indexChanged(Settings settings) {
        monitor.recheck(Probes.indexName(settings));
    }

    /** Why passages cannot be found. */
    private Optional<Failure> withoutPassages(Settings settings, Guards guards) {
        String name = Probes.indexName(settings);
        return docs.notYet()
                .or(() -> monitor.failureByLooks(name))
                .or(guards::indexFailure)
                .or(() -> monitor.condition(name).isPresent() ? Optional.empty() : STARTING);
    }

    private <T extends AutoCloseable> T keep(T part) {
        parts.push(part);
        return part;
    }
}
