package dev.docent;

import dev.docent.chat.Conversations;
import dev.docent.config.DatabaseUrl;
import dev.docent.config.Problem;
import dev.docent.database.DatabaseSettings;
import dev.docent.demo.OpenedDocs;
import dev.docent.failure.DependencyException;
import dev.docent.failure.Failure;
import dev.docent.health.Probe;
import dev.docent.health.Probe.Glance;
import dev.docent.health.Probe.Trial;
import dev.docent.ingest.Provenance;
import dev.docent.rag.Embedder;
import dev.docent.rag.EmbeddingSpace;
import dev.docent.rag.LanguageModel;
import dev.docent.rag.ModelRequest;
import dev.docent.rag.PassageIndex;
import dev.docent.retrieval.Calibrations;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** One probe for each dependency in use, named as the health report names it. */
public final class Probes {
    static final String SEARCHES = "searches";
    static final String EMBEDDINGS = "embeddings";
    static final String ANSWERS = "answers";
    static final String CONVERSATIONS = "conversations";

    /** When calls that cost nothing are tried again. */
    private static final Duration SOON = Duration.ofSeconds(5);

    /** When calls that cost something are tried again. */
    private static final Duration SPARINGLY = Duration.ofMinutes(1);

    private static final String TRIAL = "health";

    /** The shortest answer that is to be had. */
    private static final ModelRequest GREETING =
            new ModelRequest("Say yes.", "Say yes.", List.of(), List.of(), "yes");

    private Probes() {}

    static List<Probe> of(
            Settings settings,
            Embedder embedder,
            PassageIndex index,
            Conversations conversations,
            LanguageModel model,
            OpenedDocs docs) {
        Duration interval = settings.health().interval();
        boolean sleeps = settings.parts().conversations() == Settings.Conversations.POSTGRES;
        Probe stored =
                new Probe(
                                conversationsName(settings),
                                "connected",
                                sleeps ? settings.health().databaseInterval() : interval,
                                () -> {
                                    conversations.check();
                                    return Map.of();
                                })
                        // Each look stores something.
                        .with(Map.of(CONVERSATIONS, new Trial(() -> {}, SOON)));
        List<Probe> probes = new ArrayList<>();
        probes.add(opened(index(settings, index, embedder), docs));
        probes.add(
                sleeps
                        ? stored.with(new Glance(() -> listens(settings.database()), interval))
                        : stored.embedded());
        probes.addAll(models(settings, embedder, model));
        return probes;
    }

    /**
     * Whether a port of the database takes connections. Nothing is said there, so that neither the
     * server has to log in anybody, nor Neon's proxy to wake one.
     */
    private static boolean listens(DatabaseSettings database) {
        DatabaseUrl url = database.url();
        return url != null && url.hosts().stream().anyMatch(host -> listens(host, database));
    }

    private static boolean listens(DatabaseUrl.Host host, DatabaseSettings database) {
        try (Socket socket = new Socket()) {
            socket.connect(
                    new InetSocketAddress(host.name(), host.port()),
                    Math.toIntExact(database.limits().connect().toMillis()));
            return true;
        } catch (IOException _) {
            return false; // a look tells why
        }
    }

    /** The same without a condition while the documentation is being opened. */
    private static Probe opened(Probe index, OpenedDocs docs) {
        return index.prepared(
                () -> {
                    docs.failure()
                            .ifPresent(failure -> {
                                throw new DependencyException(failure);
                            });
                    return index.check().get();
                },
                () -> docs.notYet().isEmpty() || docs.failure().isPresent());
    }

    public static Probe index(Settings settings, PassageIndex index, Embedder embedder) {
        Trial search =
                new Trial(() -> index.search(TRIAL, unit(embedder.space().dimension()), 1), SOON);
        Probe probe =
                new Probe(
                                indexName(settings),
                                "connected",
                                settings.health().interval(),
                                () -> indexState(index, embedder.space()))
                        .with(Map.of(SEARCHES, search));
        return settings.parts().index() == Settings.Index.QDRANT ? probe : probe.embedded();
    }

    private static float[] unit(int dimension) {
        float[] vector = new float[dimension];
        vector[0] = 1;
        return vector;
    }

    public static List<Probe> models(Settings settings, Embedder embedder, LanguageModel model) {
        Duration interval = settings.health().interval();
        List<Probe> probes = new ArrayList<>();
        if (settings.parts().embeddings() == Settings.Embeddings.LOCAL) {
            probes.add(
                    new Probe(
                                    "embeddings",
                                    "ok",
                                    interval,
                                    () -> {
                                        // Loads the model, so that the first reader need not wait
                                        // for it.
                                        embedder.check();
                                        return Map.of("model", embedder.space().model());
                                    })
                            .embedded());
        }
        boolean remote = settings.parts().embeddings() == Settings.Embeddings.GEMINI;
        if (model.generative() || remote) {
            Map<String, Trial> calls = new LinkedHashMap<>();
            if (model.generative()) {
                calls.put(ANSWERS, new Trial(() -> model.answer(GREETING, _ -> {}), SPARINGLY));
            }
            if (remote) {
                calls.put(EMBEDDINGS, new Trial(() -> embedder.embedQuery(TRIAL), SPARINGLY));
            }
            probes.add(
                    new Probe("gemini", "ok", interval, () -> gemini(embedder, model, remote))
                            .with(calls));
        }
        if (!model.generative()) {
            probes.add(
                    new Probe(
                                    "quoting",
                                    "ok",
                                    interval,
                                    () -> {
                                        model.check();
                                        return Map.of();
                                    })
                            .embedded());
        }
        return probes;
    }

    /** Checks those of the two models that are Gemini's. */
    private static Map<String, Object> gemini(
            Embedder embedder, LanguageModel model, boolean remote) {
        Map<String, Object> details = new LinkedHashMap<>();
        if (model.generative()) {
            model.check();
            details.put("model", model.name());
        }
        if (remote) {
            embedder.check();
            details.put("embedding_model", embedder.space().model());
        }
        return details;
    }

    public static String indexName(Settings settings) {
        return settings.parts().index().name().toLowerCase(Locale.ROOT);
    }

    public static String conversationsName(Settings settings) {
        return settings.parts().conversations().name().toLowerCase(Locale.ROOT);
    }

    /** A failure as a problem with the configuration; its headline begins with the variable. */
    static Problem problem(String name, Failure failure) {
        String variable =
                switch (name) {
                    case "docs" -> "DOCENT_DOCS";
                    case "gemini" -> "GEMINI_API_KEY";
                    case "qdrant" -> "QDRANT_API_KEY";
                    case "postgres" -> "DATABASE_URL";
                    default -> name;
                };
        return new Problem(
                failure.diagnosis(), variable + ": " + failure.owner(), failure.action());
    }

    private static Map<String, Object> indexState(PassageIndex index, EmbeddingSpace ours) {
        PassageIndex.State state = index.check(ours);
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("collection", state.name());
        details.put("vectors", state.passages());
        details.put("refusals", Calibrations.words(index, ours));
        index.note(PassageIndex.Note.PROVENANCE)
                .flatMap(Provenance::parse)
                .map(Provenance::facts)
                .ifPresent(details::putAll);
        return details;
    }
}
