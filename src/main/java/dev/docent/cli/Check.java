package dev.docent.cli;

import dev.docent.Adapters;
import dev.docent.Probes;
import dev.docent.Settings;
import dev.docent.cli.CheckReport.Finding;
import dev.docent.cli.CheckReport.Status;
import dev.docent.config.Secret;
import dev.docent.database.DatabaseConversations;
import dev.docent.database.DatabaseInfo;
import dev.docent.failure.DependencyException;
import dev.docent.failure.Diagnosis;
import dev.docent.failure.Failure;
import dev.docent.failure.FailureCode;
import dev.docent.failure.OwnWords;
import dev.docent.health.Condition;
import dev.docent.health.HealthMonitor;
import dev.docent.health.Probe;
import dev.docent.ingest.Checkout;
import dev.docent.ingest.Provenance;
import dev.docent.qdrant.KeyRights;
import dev.docent.qdrant.QdrantIndex;
import dev.docent.qdrant.QdrantSettings;
import dev.docent.rag.Embedder;
import dev.docent.rag.LanguageModel;
import dev.docent.rag.PassageIndex;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Checks each dependency in use once, in parallel, with the probes of health. It creates and
 * changes nothing: of a part in the data folder only the folder is checked.
 */
final class Check {
    /** A database that was asleep, on a cold JVM, needs longer than a look of the service has. */
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /** Before what failed in passing is looked at a second time. */
    private static final Duration BREATH = Duration.ofSeconds(1);

    private static final Duration ONCE = Duration.ofDays(1);

    private static final Pattern PROMISE =
            Pattern.compile("(?:; )?[Ii]t is tried again(?: by itself)?(?:; if it stays,)?");

    /** Key of the detail that says what the owner should do although the dependency works. */
    private static final String ACTION = "action";

    private Check() {}

    /** Checks all dependencies, and those a second time that may work at the next try. */
    static List<Finding> run(Settings settings) throws InterruptedException {
        return run(settings, settings.docs().dir());
    }

    /**
     * The same.
     *
     * @param site folder of the documentation, of which the age of the index is told; null if it is
     *     not at hand
     */
    static List<Finding> run(Settings settings, @Nullable Path site) throws InterruptedException {
        boolean qdrant = settings.parts().index() == Settings.Index.QDRANT;
        boolean postgres = settings.parts().conversations() == Settings.Conversations.POSTGRES;
        Duration asked = settings.health().timeout();
        Duration limit = asked.compareTo(PATIENCE) > 0 ? asked : PATIENCE;
        List<Probe> probes = new ArrayList<>();
        List<Finding> findings = new ArrayList<>();
        try (Embedder embedder = Adapters.embedder(settings);
                LanguageModel model = Adapters.model(settings);
                @Nullable PassageIndex index = qdrant ? Adapters.index(settings) : null;
                @Nullable DatabaseConversations database =
                        postgres ? Adapters.conversations(settings) : null) {
            probes.add(
                    index == null
                            ? folder(Probes.indexName(settings), settings.data())
                            : published(
                                    Probes.index(settings, index, embedder),
                                    embedder,
                                    settings.qdrant()));
            probes.add(
                    database == null
                            ? folder(Probes.conversationsName(settings), settings.data())
                            : described(Probes.conversationsName(settings), database));
            probes.addAll(Probes.models(settings, embedder, model));
            Map<String, Condition> found = look(probes, limit);
            List<Probe> again =
                    probes.stream().filter(probe -> passing(found.get(probe.name()))).toList();
            if (!again.isEmpty()) {
                Thread.sleep(BREATH);
                found.putAll(look(again, limit));
            }
            for (Probe probe : probes) {
                findings.add(finding(probe, found.get(probe.name()), limit));
            }
            if (found.get(Probes.indexName(settings)) instanceof Condition.Well well) {
                Provenance.of(well.details()).map(of -> age(of, site)).ifPresent(findings::add);
            }
        }
        if (settings.docs().dir() != null && settings.mode() == Settings.Mode.DEMO) {
            findings.add(docs(settings.docs().dir()));
        }
        findings.add(new Finding("origins", origins(settings), Duration.ZERO));
        return findings;
    }

    private static Map<String, Condition> look(List<Probe> probes, Duration limit)
            throws InterruptedException {
        try (HealthMonitor monitor = new HealthMonitor(probes, limit, InstantSource.system())) {
            monitor.start();
            // A part of this process is waited for a second time.
            monitor.awaitFirstRound(limit.multipliedBy(2));
            return new HashMap<>(monitor.report().conditions());
        }
    }

    /** Whether it may work at the next try; what is not known may not. */
    private static boolean passing(@Nullable Condition condition) {
        return condition != null && condition.failed().filter(Failure::retryable).isPresent();
    }

    static Finding finding(Probe probe, @Nullable Condition condition, Duration limit) {
        return switch (condition) {
            case null ->
                    new Finding(
                            probe.name(),
                            Status.FAILED,
                            "Not done after " + limit.multipliedBy(2).toSeconds() + " s.",
                            limit,
                            "It is a part of this process: look what else keeps the machine busy.",
                            true,
                            Diagnosis.LATE);
            case Condition.Well(Map<String, Object> details, Duration latency, var _) -> {
                Map<String, Object> facts = new LinkedHashMap<>(details);
                Object action = facts.remove(ACTION);
                // Told by a finding of its own.
                facts.keySet().removeAll(Provenance.NAMES);
                String found =
                        probe.wellWord() + (facts.isEmpty() ? "" : ": " + words(facts)) + ".";
                yield action == null
                        ? new Finding(probe.name(), found, latency)
                        : new Finding(
                                probe.name(),
                                Status.WARN,
                                found,
                                latency,
                                action.toString(),
                                false,
                                Diagnosis.EMPTY);
            }
            case Condition.Failing(Failure failure, Duration latency, var _) ->
                    new Finding(
                            probe.name(),
                            Status.FAILED,
                            failure.owner(),
                            latency,
                            once(failure.action()),
                            failure.retryable() || failure.nature() == Failure.Nature.EXHAUSTED,
                            failure.diagnosis());
        };
    }

    /** Without the promise to try again, which only the service keeps. */
    private static String once(String action) {
        String rest = PROMISE.matcher(action).replaceAll("").strip();
        return rest.isEmpty() ? "" : Character.toUpperCase(rest.charAt(0)) + rest.substring(1);
    }

    private static String words(Map<String, Object> facts) {
        return facts.entrySet().stream()
                .map(fact -> fact.getKey() + " " + fact.getValue())
                .collect(Collectors.joining(", "));
    }

    private static Probe published(Probe probe, Embedder embedder, QdrantSettings qdrant) {
        Secret key = qdrant.apiKey();
        return new Probe(
                probe.name(),
                probe.wellWord(),
                probe.interval(),
                () -> {
                    Map<String, Object> facts;
                    try {
                        facts = new LinkedHashMap<>(probe.check().get());
                    } catch (DependencyException e) {
                        throw e.failure().diagnosis() == Diagnosis.QDRANT_NO_COLLECTION
                                ? new DependencyException(others(e.failure(), qdrant), e)
                                : e;
                    }
                    facts.put("dimension", embedder.space().dimension());
                    if (key != null) {
                        facts.put("key", KeyRights.of(key).words());
                    }
                    if (Long.valueOf(0).equals(facts.get("vectors"))) {
                        facts.put(ACTION, "The collection is empty; fill it: docent ingest DIR");
                    }
                    return facts;
                });
    }

    /** Names the collections that there are; only here, since everybody may read health. */
    private static Failure others(Failure failure, QdrantSettings qdrant) {
        List<String> names;
        try (QdrantIndex index = new QdrantIndex(qdrant)) {
            names = index.collections();
        } catch (DependencyException e) {
            return failure; // a key for one collection may not list them
        }
        String told =
                names.isEmpty()
                        ? " It has none at all."
                        : OwnWords.after(
                                "It has",
                                String.join(", ", names),
                                qdrant.apiKey() == null ? "" : qdrant.apiKey().reveal());
        return new Failure(
                failure.diagnosis(),
                failure.code(),
                failure.nature(),
                failure.reader(),
                failure.owner() + told,
                failure.action());
    }

    private static Probe described(String name, DatabaseConversations database) {
        return new Probe(
                name,
                "connected",
                ONCE,
                () -> {
                    DatabaseInfo info = database.describe();
                    if (!info.mayCreate() && !info.tablesThere()) {
                        throw new DependencyException(noTables());
                    }
                    Map<String, Object> facts = new LinkedHashMap<>();
                    facts.put("version", info.product());
                    facts.put("TLS", info.encrypted() ? "yes" : "no");
                    facts.put("may create tables", info.mayCreate() ? "yes" : "no");
                    facts.put("tables", info.tablesThere() ? "there" : "not yet there");
                    return facts;
                });
    }

    private static Failure noTables() {
        return new Failure(
                Diagnosis.DATABASE_NO_RIGHT,
                FailureCode.INTERNAL,
                Failure.Nature.MISCONFIGURED,
                "Conversations are not available, because this service is not set up completely.",
                "The database has no tables for conversations, and its user may not create them.",
                "Grant CREATE on the schema, or use the database owner's connection string in"
                        + " DATABASE_URL.");
    }

    private static Probe folder(String name, Path data) {
        return new Probe(
                name,
                "ok",
                ONCE,
                () -> {
                    Path there = data.toAbsolutePath();
                    while (there.getParent() != null && !Files.exists(there)) {
                        there = there.getParent();
                    }
                    if (!Files.isDirectory(there) || !Files.isWritable(there)) {
                        throw new DependencyException(
                                new Failure(
                                        Diagnosis.DATA_FOLDER,
                                        FailureCode.INTERNAL,
                                        Failure.Nature.MISCONFIGURED,
                                        "The service is not set up completely.",
                                        "The data folder is "
                                                + data
                                                + ", and nothing can be written into "
                                                + there
                                                + ".",
                                        "Set DOCENT_DATA to a folder that this user may write."));
                    }
                    return Map.of("in folder", data);
                });
    }

    /** How old the index is, and by how much a folder of the site is newer. */
    private static Finding age(Provenance index, @Nullable Path site) {
        String found = "the index is " + index.words(Instant.now());
        Optional<Checkout> checkout = site == null ? Optional.empty() : Checkout.around(site);
        try {
            Optional<String> behind =
                    checkout.isEmpty() ? Optional.empty() : index.behind(checkout.get());
            return behind.map(how ->
                            new Finding(
                                    "site",
                                    Status.WARN,
                                    "%s; %s %s.".formatted(found, site, how),
                                    Duration.ZERO,
                                    "Bring the index up to date: docent ingest " + site,
                                    false,
                                    Diagnosis.INDEX_BEHIND))
                    .orElse(new Finding("site", found + ".", Duration.ZERO));
        } catch (Checkout.UnknownCommitException e) {
            String unknown =
                    "%s; of %s it is not known, because %s.".formatted(found, site, e.why());
            return new Finding("site", unknown, Duration.ZERO);
        }
    }

    /** Whether the documentation exists that demo mode opens at the start. */
    private static Finding docs(Path dir) {
        boolean there = Files.isDirectory(dir) && Files.isReadable(dir);
        return there
                ? new Finding("docs", "found: " + dir + ".", Duration.ZERO)
                : new Finding(
                        "docs",
                        Status.FAILED,
                        "There is no folder " + dir + " that can be read.",
                        Duration.ZERO,
                        "Set DOCENT_DOCS to a folder of Markdown files.",
                        false,
                        Diagnosis.DOCS_UNREADABLE);
    }

    private static String origins(Settings settings) {
        List<String> all = settings.origins().entries();
        return all.isEmpty()
                ? "none allowed, so only the service's own pages may ask."
                : "allowed: " + String.join(", ", all) + ".";
    }
}
