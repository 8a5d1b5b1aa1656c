package dev.docent.qdrant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.docent.config.QdrantProtocol;
import dev.docent.config.ServiceUrl;
import dev.docent.failure.DependencyException;
import dev.docent.failure.Failure;
import dev.docent.failure.Failure.Nature;
import dev.docent.qdrant.FakeQdrant.Fault;
import dev.docent.rag.Candidates;
import dev.docent.rag.EmbeddingSpace;
import dev.docent.rag.Hit;
import dev.docent.rag.IndexUpdate;
import dev.docent.rag.IndexUpdate.Entry;
import dev.docent.rag.Outline;
import dev.docent.rag.Passage;
import dev.docent.rag.PassageIndex.Note;
import dev.docent.rag.PassageIndex.State;
import io.grpc.Status;
import io.qdrant.client.PointIdFactory;
import io.qdrant.client.VectorFactory;
import io.qdrant.client.VectorsFactory;
import io.qdrant.client.grpc.Collections.AliasOperations;
import io.qdrant.client.grpc.Collections.CreateAlias;
import io.qdrant.client.grpc.Collections.CreateCollection;
import io.qdrant.client.grpc.Collections.Distance;
import io.qdrant.client.grpc.Collections.Modifier;
import io.qdrant.client.grpc.Collections.SparseVectorConfig;
import io.qdrant.client.grpc.Collections.SparseVectorParams;
import io.qdrant.client.grpc.Collections.StrictModeConfig;
import io.qdrant.client.grpc.Collections.VectorParams;
import io.qdrant.client.grpc.Collections.VectorParamsMap;
import io.qdrant.client.grpc.Collections.VectorsConfig;
import io.qdrant.client.grpc.Common.Filter;
import io.qdrant.client.grpc.Points.PointStruct;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What is Qdrant's own beside the port's contract, over both protocols. */
@ParameterizedClass
@EnumSource(names = {"FAKE_GRPC", "FAKE_REST"})
class QdrantIndexTest {
    private static final EmbeddingSpace SPACE = new EmbeddingSpace("model", 4);
    private static final float[] EAST = {1, 0, 0, 0};
    private static final float[] NORTH = {0, 1, 0, 0};

    /** Those of other tests' clients in this JVM, which the collector has not found yet. */
    private final Set<Thread> before = Thread.getAllStackTraces().keySet();

    private final TestServer server;
    private final QdrantIndex index;
    private Instant now = Instant.parse("2026-11-22T18:00:00Z");

    QdrantIndexTest(TestServer.Kind kind) throws Exception {
        server = kind.start();
        index = new QdrantIndex(server.settings(), clock());
    }

    @BeforeEach
    void beginWithoutCollections() {
        assertThat(server.collectionNames()).isEmpty();
    }

    @AfterEach
    void stop() {
        index.close();
        server.close();
    }

    @Test
    void searchesACollectionOfTheOlderIngester() {
        server.createOldCollection(4);
        UUID id = UUID.fromString("6c84fb90-12c4-11e1-840d-7b25c5ee775a");
        server.putOld(
                id,
                Map.of(
                        "file_path",
                        "docs/intro.md",
                        "heading_path",
                        List.of("What is Physical AI?", "Embodiment"),
                        "section_depth",
                        2L,
                        "content",
                        "A body in the world.",
                        "token_count",
                        6L),
                2,
                0,
                0,
                0);
        server.putOld(
                UUID.randomUUID(), Map.of("file_path", "docs/a/b.mdx", "content", "B"), 0, 1, 0, 0);

        List<Hit> hits = index.search("embodiment", EAST, 5).hits();

        Passage expected =
                new Passage(
                        id,
                        "docs/intro.md",
                        "What is Physical AI?",
                        List.of("What is Physical AI?", "Embodiment"),
                        "",
                        null,
                        0,
                        "A body in the world.",
                        6);
        assertThat(hits.getFirst().passage()).isEqualTo(expected.outline());
        assertThat(hits.getFirst().cosine()).isEqualTo(1.0);
        assertThat(hits.getFirst().denseRank()).isEqualTo(1);
        assertThat(hits.get(1).passage().heading()).isEqualTo("b");
        assertThat(index.sections(List.of(expected.outline())))
                .containsExactly(List.of(expected.outline()));
        assertThat(index.passages(List.of(id))).isEqualTo(Map.of(id, expected));
        assertThat(index.state()).isEqualTo(new State(server.settings().collection(), null, 2));
        assertThat(index.check(SPACE).passages()).isEqualTo(2);
    }

    @Test
    void searchesBehindThePathOfAProxy() {
        server.createOldCollection(4);
        server.putOld(UUID.randomUUID(), old("Old."), EAST);
        QdrantSettings direct = server.settings();
        QdrantSettings behind =
                new QdrantSettings(
                        ServiceUrl.parse(
                                "http://127.0.0.1:" + server.fake().restPort() + FakeRest.PROXY),
                        direct.apiKey(),
                        direct.collection(),
                        direct.timeout(),
                        QdrantProtocol.AUTO);

        try (QdrantIndex found = new QdrantIndex(behind, clock())) {
            assertThat(found.search("Old.", EAST, 1).hits()).hasSize(1);
        }
    }

    @Test
    void waitsForTheWordsOfALargeCollectionAtFirstAndNotWithEachQuestion() {
        Entry entry = entry("a", "A body in the world.");
        publish(SPACE, entry);
        server.fake().holdScrolls();
        QdrantSettings quick = server.settings();
        QdrantSettings patient =
                new QdrantSettings(
                        quick.url(),
                        quick.apiKey(),
                        quick.collection(),
                        Duration.ofHours(1),
                        quick.transport());
        try (QdrantIndex slow = new QdrantIndex(patient, clock())) {
            slow.check(SPACE);
            now = now.plus(Duration.ofHours(2));
            List<Hit> hits = slow.search("body", EAST, 5).hits();
            assertThat(hits).extracting(Hit::bm25).containsExactly(0.0);
            Outline found = hits.getFirst().passage();
            assertThat(slow.sections(List.of(found))).containsExactly(List.of(found));
        }
    }

    @Test
    void searchesWithAKeyThatMayReadTheOlderCollectionAlone() {
        server.createOldCollection(4);
        server.putOld(UUID.randomUUID(), old("Old."), EAST);
        server.fake().store().forbid(server.settings().collection() + "-docent");
        assertThat(texts()).containsExactly("Old.");
        index.keep(Note.CALIBRATION, "what was learnt");
        assertThat(index.note(Note.CALIBRATION)).hasValue("what was learnt");
        server.fake().store().forbid(server.settings().collection());
        assertThat(failure(index::state).nature()).isEqualTo(Nature.CREDENTIAL_REJECTED);
    }

    @Test
    void searchesACollectionOfTheOlderIngesterByWordsToo() {
        server.createOldCollection(4);
        server.putOld(UUID.randomUUID(), old("The embodiment of AI."), NORTH);
        server.putOld(UUID.randomUUID(), old("Something else."), EAST);

        Candidates found = index.search("what is embodiement?", EAST, 1);

        assertThat(found.hits())
                .hasSize(2)
                .anySatisfy(hit -> {
                    assertThat(hit.bm25()).isPositive();
                    assertThat(hit.denseRank()).isZero();
                    assertThat(hit.cosine()).isCloseTo(0, within(1e-6));
                });
        assertThat(index.search("embodiment", null, 5).hits()).hasSize(1);
    }

    private static Map<String, Object> old(String text) {
        return Map.of("file_path", "docs/a.md", "heading_path", List.of("A"), "content", text);
    }

    @Test
    void leavesACollectionOfTheOlderIngesterAsItIs() {
        String old = server.settings().collection();
        server.createOldCollection(4);
        server.putOld(UUID.randomUUID(), old("Old."), EAST);

        publish(SPACE, entry("a", "New."));
        publish(SPACE, entry("a", "Newer."));

        assertThat(server.collectionNames()).containsExactly(old, old + "-docent-v2");
        assertThat(server.fake().store().aliases())
                .isEqualTo(Map.of(old + "-docent", old + "-docent-v2"));
        assertThat(texts()).containsExactly("Newer.");
        assertThat(server.fake().store().count(old, Filter.getDefaultInstance())).isEqualTo(1);
    }

    @Test
    void copiesWhatIsPublishedPageByPage() {
        publish(SPACE, entries(300));
        publish(SPACE, entry("another", "One more."));
        assertThat(index.state()).isEqualTo(new State(index.state().name(), SPACE, 301));
        assertThat(index.search("one", EAST, 301).hits())
                .allSatisfy(hit -> assertThat(hit.cosine()).isCloseTo(1, within(1e-6)));
    }

    /** Whatever call is the last before a crash, searches go on and the next run gets it done. */
    @Test
    void survivesACrashAtEveryCallOfAnUpdate() {
        publish(SPACE, entries(130));
        Set<String> before = texts();
        Set<String> after = new TreeSet<>(before);
        after.add("Prepared.");
        boolean finished = false;
        for (int calls = 0; !finished; calls++) {
            assertThat(calls).isLessThan(60);
            server.fake().fault(new Fault.After(calls, new Fault.Refuse(Status.INTERNAL)));
            try (IndexUpdate update = index.update(SPACE)) {
                update.put(List.of(entry("prepared", "Prepared.")));
                update.publish();
                finished = server.fake().healthy();
            } catch (DependencyException e) {
                assertThat(e.failure().nature()).isEqualTo(Nature.UNAVAILABLE);
            }
            server.fake().fault(new Fault.None());
            assertThat(texts()).isIn(before, after);
        }
        publish(SPACE, entry("prepared", "Prepared."));
        assertThat(texts()).isEqualTo(after);
        assertThat(server.collectionNames()).hasSize(1);
    }

    @Test
    void keepsWhatWasPutBeforeACrash() {
        publish(SPACE, entry("a", "Published."));
        IndexUpdate update = index.update(SPACE);
        update.put(List.of(entry("b", "Embedded at a price.")));
        // A crash closes nothing: another process finds what this one leaves.
        try (QdrantIndex another = new QdrantIndex(server.settings());
                IndexUpdate resumed = another.update(SPACE)) {
            assertThat(resumed.present().values())
                    .containsExactlyInAnyOrder(
                            "hash of Published.", "hash of Embedded at a price.");
        }
        update.close();
    }

    @Test
    void asksOnceForASearch() {
        publish(SPACE, entry("a", "Install the program."), entry("b", "Remove it."));
        assertThat(index.search("install", EAST, 5).hits()).hasSize(2);
        server.fake().forgetCalls();
        assertThat(index.search("install remove program", NORTH, 5).hits()).hasSize(2);
        assertThat(server.fake().calls()).hasSize(1);
        assertThat(texts()).hasSize(2);
        assertThat(server.fake().calls()).hasSize(3);
    }

    @Test
    void readsNoMoreAtOnceThanTheStrictModeAllows() {
        server.fake()
                .store()
                .limits(
                        StrictModeConfig.newBuilder()
                                .setEnabled(true)
                                .setMaxQueryLimit(20)
                                .setSearchMaxBatchsize(2)
                                .build());
        publish(SPACE, entries(130));
        publish(SPACE, entry("another", "One more."));
        assertThat(index.search("passage", EAST, 50).hits()).hasSizeBetween(20, 40);
        assertThat(index.present(SPACE)).hasSize(131);
        assertThat(index.passages(index.present(SPACE).keySet())).hasSize(131);
    }

    @Test
    void searchesWhatAnotherProgramWroteWithOneNamedVector() {
        server.fake().createForeign(server.settings().collection(), "text", Distance.Cosine);
        server.fake()
                .putForeign(
                        server.settings().collection(),
                        7,
                        "text",
                        Map.of("page_content", "Embodiment.", "source", "docs/a.md"),
                        EAST);
        assertThat(index.search("embodiment", EAST, 5).hits())
                .singleElement()
                .satisfies(hit -> {
                    assertThat(hit.passage().id()).isEqualTo(new UUID(0, 7));
                    assertThat(hit.passage().file()).isEqualTo("docs/a.md");
                    assertThat(hit.cosine()).isCloseTo(1, within(1e-6));
                    assertThat(hit.bm25()).isPositive();
                });
        assertThat(texts()).containsExactly("Embodiment.");
    }

    @Test
    void remembersWhatItMayNotWrite() {
        server.createOldCollection(4);
        server.putOld(UUID.randomUUID(), old("Marmalade."), EAST);
        assertThat(index.note(Note.CALIBRATION)).isEmpty();
        index.keep(Note.CALIBRATION, "what was learnt");
        assertThat(index.note(Note.CALIBRATION)).hasValue("what was learnt");
        publish(SPACE, entry("one", "Now it is ours."));
        index.keep(Note.CALIBRATION, "what is written");
        assertThat(index.note(Note.CALIBRATION)).hasValue("what is written");
    }

    @Test
    void saysWhichFieldsItDoesNotUnderstand() {
        server.createOldCollection(4);
        server.putOld(UUID.randomUUID(), Map.of("price", 7L, "colour", "red"), EAST);
        for (Runnable call :
                List.<Runnable>of(() -> index.check(SPACE), () -> index.search("x", EAST, 5))) {
            Failure failure = failure(call);
            assertThat(failure.nature()).isEqualTo(Nature.MISCONFIGURED);
            assertThat(failure.owner())
                    .isEqualTo(
                            "Collection \"%s\" cannot be read: its points have the fields colour, price; needed is the text in one of content, page_content, text, document, chunk, body or _node_content, and where it is from in one of file_path, source, path, file_name, filename, url, there or in metadata."
                                    .formatted(server.settings().collection()));
        }
    }

    @Test
    void saysWhichVectorsItCannotCompare() {
        String name = server.settings().collection();
        server.fake().createForeign(name, "text", Distance.Euclid);
        assertThat(failure(() -> index.check(SPACE)).owner())
                .isEqualTo(
                        "Collection \"%s\" cannot be searched: it has vectors \"text\" of 4 numbers compared by Euclid; one kind of vectors is needed, compared by Cosine."
                                .formatted(name));
    }

    @Test
    void readsWordsAnewWhereAnotherProgramChangesThemInPlace() {
        server.createOldCollection(4);
        UUID id = UUID.randomUUID();
        server.putOld(id, old("Marmalade."), EAST);
        assertThat(index.search("marmalade", null, 5).hits()).hasSize(1);
        server.putOld(id, old("Honey."), EAST);
        assertThat(index.search("honey", null, 5).hits()).isEmpty();
        now = now.plus(Duration.ofHours(1));
        assertTimeoutPreemptively(
                Duration.ofMinutes(1),
                () -> {
                    while (index.search("honey", null, 5).hits().isEmpty()) {
                        Thread.onSpinWait();
                    }
                });
    }

    @Test
    void searchesByVectorAloneWhileWordsCannotBeRead() {
        publish(SPACE, entry("a", "Install the program."));
        server.fake().failScrolls(1);
        Candidates found = index.search("install", EAST, 5);
        assertThat(found.hits())
                .singleElement()
                .satisfies(hit -> {
                    assertThat(hit.passage().title()).isEqualTo("a");
                    assertThat(hit.bm25()).isZero();
                });
        assertThat(found.idf()).isEmpty();
        assertThat(failure(() -> index.search("install", null, 5)).nature())
                .isEqualTo(Nature.UNAVAILABLE);
        now = now.plusSeconds(6);
        assertThat(index.search("install", null, 5).hits()).hasSize(1);
    }

    @Test
    void saysThatAnotherIngestionRanAtTheSameTime() {
        publish(SPACE, entry("a", "Published."));
        try (IndexUpdate update = index.update(SPACE)) {
            // One that begins at the same moment takes it for what a crash left.
            assertThat(server.fake().store().drop(server.settings().collection() + "-docent-v2"))
                    .isTrue();
            for (Runnable call :
                    List.<Runnable>of(
                            () -> update.put(List.of(entry("b", "Mine."))),
                            update::present,
                            update::publish)) {
                assertThat(failure(call).owner())
                        .isEqualTo(
                                "Another ingestion of \"%s\" ran at the same time and replaced what this one was filling."
                                        .formatted(server.settings().collection()));
            }
        }
        publish(SPACE, entry("b", "Mine."));
        assertThat(texts()).containsExactlyInAnyOrder("Published.", "Mine.");
    }

    @Test
    void noticesWithinHalfAMinuteWhatAnotherProcessPublished() {
        server.createOldCollection(4);
        server.putOld(UUID.randomUUID(), old("Old."), EAST);
        assertThat(texts()).containsExactly("Old.");
        try (QdrantIndex another = new QdrantIndex(server.settings())) {
            publish(another, SPACE, entry("a", "New."));
        }
        assertThat(texts()).containsExactly("Old.");
        now = now.plusSeconds(31);
        assertThat(texts()).containsExactly("New.");
    }

    @Test
    void goesBackToTheOlderCollectionWhenTheAliasIsGone() {
        server.createOldCollection(4);
        server.putOld(UUID.randomUUID(), old("Old."), EAST);
        publish(SPACE, entry("a", "New."));
        assertThat(texts()).containsExactly("New.");
        assertThat(server.fake().store().drop(server.settings().collection() + "-docent-v1"))
                .isTrue();
        assertThat(texts()).containsExactly("Old.");
    }

    @Test
    void saysWhatDoesNotFit() {
        publish(SPACE, entry("a", "Text."));
        String name = server.settings().collection();
        float[] three = {1, 0, 0};
        Failure dimension = failure(() -> index.search("text", three, 5));
        assertThat(dimension.nature()).isEqualTo(Nature.MISCONFIGURED);
        assertThat(dimension.owner())
                .isEqualTo(
                        "Collection \"%s\" holds vectors of 4 dimensions, and the embedding model makes 3."
                                .formatted(name));
        assertThat(failure(() -> index.check(new EmbeddingSpace("model", 3)))).isEqualTo(dimension);
        assertThat(failure(() -> index.check(new EmbeddingSpace("other", 4))).owner())
                .isEqualTo(
                        "Collection \"%s\" was filled with the embedding model model, and other is configured."
                                .formatted(name));
        assertThat(index.check(SPACE)).isEqualTo(new State(name, SPACE, 1));
    }

    @Test
    void noticesAnotherDimensionThatAnotherProcessPublished() {
        publish(SPACE, entry("a", "Text."));
        assertThat(texts()).containsExactly("Text.");
        float[] three = {1, 0, 0};
        try (QdrantIndex another = new QdrantIndex(server.settings())) {
            publish(another, new EmbeddingSpace("model", 3), entry("b", "New.", three));
        }
        assertThat(failure(() -> index.search("text", EAST, 5)).owner())
                .contains("holds vectors of 3 dimensions, and the embedding model makes 4");
        assertThat(index.search("text", three, 5).hits()).hasSize(1);
    }

    @Test
    void tellsHowRareAQuestionsTermsAre() {
        publish(
                SPACE,
                entry("a", "The garden has a gate."),
                entry("b", "The garden has a wall."),
                entry("c", "The garden has marmalade."));
        Candidates found = index.search("Is there marmalade in the gardens of zanzibar?", EAST, 5);
        assertThat(found.idf()).containsOnlyKeys("marmalad", "garden", "zanzibar");
        assertThat(found.idf().get("garden")).isCloseTo(Math.log(1 + 0.5 / 3.5), within(1e-4));
        assertThat(found.idf().get("marmalad")).isCloseTo(Math.log(1 + 2.5 / 1.5), within(1e-4));
        assertThat(found.idf().get("zanzibar")).isCloseTo(Math.log(1 + 3.5 / 0.5), within(1e-4));
    }

    @Test
    void takesNoPartOfAKnownCompoundForUnknown() {
        publish(SPACE, entry("a", "The sidebar has a path."), entry("b", "Nothing."));
        Candidates found = index.search("sidebarPath zanzibar", EAST, 5);
        assertThat(found.idf()).containsOnlyKeys("sidebar", "path", "zanzibar");
        assertThat(found.unknown()).containsExactly("zanzibar");
    }

    @Test
    void keepsTheScaleOfWordsForALongQuestion() {
        String words =
                IntStream.range(0, 60).mapToObj(i -> "word" + i).collect(Collectors.joining(" "));
        publish(SPACE, entry("a", (words + " ").repeat(50)), entry("b", "Nothing."));
        Candidates found = index.search(words, EAST, 5);
        double most = found.idf().values().stream().mapToDouble(Double::doubleValue).sum();
        assertThat(found.hits().stream().mapToDouble(Hit::bm25).max().orElseThrow())
                .isBetween(0.5 * most, most);
        assertThat(found.unknown()).isEmpty();
    }

    /** It had lexical vectors of its own, which nobody reads any more. */
    @Test
    void searchesWhatAnOlderVersionWroteOnTheSameScale() {
        Entry install = entry("a", "Install it.");
        String former = writtenByAnOlderVersion(1, install, entry("b", "Other."));
        server.fake().store().changeAliases(List.of(alias("", former)));

        Candidates found = index.search("installation zanzibar", EAST, 5);

        assertThat(found.idf()).containsOnlyKeys("instal", "zanzibar");
        assertThat(found.unknown()).containsExactly("zanzibar");
        Hit hit =
                found.hits().stream()
                        .filter(each -> each.passage().equals(install.passage().outline()))
                        .findFirst()
                        .orElseThrow();
        assertThat(hit.bm25()).isBetween(0.3, found.idf().getOrDefault("instal", 0.0));
        assertThat(index.check(SPACE).passages()).isEqualTo(2);
        Map<UUID, String> passages = index.present(SPACE);
        assertThat(passages).hasSize(2).containsEntry(install.passage().id(), install.hash());
        assertThat(index.holds(SPACE, passages)).isTrue();
    }

    @Test
    void goesOnWithWhatAnOlderVersionLeftUnfinished() {
        String published = writtenByAnOlderVersion(1, entry("a", "Published."));
        String begun = writtenByAnOlderVersion(2, entry("b", "Embedded at a price."));
        server.fake().store().changeAliases(List.of(alias("", published), alias("-next", begun)));
        try (IndexUpdate update = index.update(SPACE)) {
            assertThat(update.present().values()).containsExactly("hash of Embedded at a price.");
            assertThat(texts()).containsExactly("Published.");
        }
        publish(SPACE, entry("c", "One more."));
        assertThat(texts()).containsExactlyInAnyOrder("Embedded at a price.", "One more.");
        assertThat(server.collectionNames())
                .containsExactly(server.settings().collection() + "-docent-v2");
    }

    /** A collection as versions wrote it whose lexical vector was called {@code bm25}. */
    private String writtenByAnOlderVersion(int number, Entry... entries) {
        String name = server.settings().collection() + "-docent-v" + number;
        FakeStore store = server.fake().store();
        store.create(
                CreateCollection.newBuilder()
                        .setCollectionName(name)
                        .setVectorsConfig(
                                VectorsConfig.newBuilder()
                                        .setParamsMap(
                                                VectorParamsMap.newBuilder()
                                                        .putMap(
                                                                "dense",
                                                                VectorParams.newBuilder()
                                                                        .setSize(4)
                                                                        .setDistance(
                                                                                Distance.Cosine)
                                                                        .build())))
                        .setSparseVectorsConfig(
                                SparseVectorConfig.newBuilder()
                                        .putMap(
                                                "bm25",
                                                SparseVectorParams.newBuilder()
                                                        .setModifier(Modifier.Idf)
                                                        .build()))
                        .build());
        for (Entry entry : entries) {
            PointStruct.Builder point =
                    PointStruct.newBuilder()
                            .setId(PointIdFactory.id(entry.passage().id()))
                            .setVectors(
                                    VectorsFactory.namedVectors(
                                            Map.of(
                                                    "dense",
                                                    VectorFactory.vector(entry.vector()),
                                                    "bm25",
                                                    VectorFactory.vector(
                                                            List.of(1f), List.of(7)))));
            Payload.of(entry, SPACE.model())
                    .forEach((field, value) -> point.putPayload(field, GrpcMessages.write(value)));
            store.upsert(name, List.of(point.build()));
        }
        return name;
    }

    private AliasOperations alias(String suffix, String collection) {
        return AliasOperations.newBuilder()
                .setCreateAlias(
                        CreateAlias.newBuilder()
                                .setAliasName(server.settings().collection() + "-docent" + suffix)
                                .setCollectionName(collection))
                .build();
    }

    @Test
    void callsNobodyBeforeItIsAsked() {
        server.fake().cut();
        try (QdrantIndex unreachable = new QdrantIndex(server.settings())) {
            assertThat(failure(unreachable::state).nature()).isEqualTo(Nature.UNAVAILABLE);
        }
    }

    @Test
    void findsAServerThatCameBack() throws Exception {
        publish(SPACE, entry("a", "Text."));
        FakeQdrant former = server.fake();
        int grpc = former.grpcPort();
        int rest = former.restPort();
        former.close();
        for (int i = 0; i < 5; i++) {
            assertThat(failure(index::state).nature()).isEqualTo(Nature.UNAVAILABLE);
        }
        try (FakeQdrant back = new FakeQdrant(former.store(), "the-key", grpc, rest)) {
            assertThat(back.healthy()).isTrue();
            assertTimeoutPreemptively(
                    Duration.ofMinutes(1),
                    () -> {
                        while (!answers()) {
                            Thread.onSpinWait();
                        }
                    });
        }
    }

    @Test
    void leavesNoThreadBehind() throws Exception {
        publish(SPACE, entry("a", "Text."));
        index.close();
        server.close();
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            if (!before.contains(thread) && thread.getName().matches("(grpc-|HttpClient-).*")) {
                assertThat(thread.join(Duration.ofSeconds(30))).as(thread.getName()).isTrue();
            }
        }
    }

    @Test
    void refusesACallAfterItWasClosed() {
        index.close();
        assertThatThrownBy(index::state).isInstanceOf(DependencyException.class);
    }

    private void publish(EmbeddingSpace space, Entry... entries) {
        publish(index, space, entries);
    }

    private static void publish(QdrantIndex index, EmbeddingSpace space, Entry... entries) {
        try (IndexUpdate update = index.update(space)) {
            update.put(List.of(entries));
            update.publish();
        }
    }

    @Test
    void tellsWithoutAnUpdateWhetherItHoldsExactlyThesePassages() {
        Entry entry = entry("a", "New.");
        Map<UUID, String> passages = Map.of(entry.passage().id(), entry.hash());
        assertThat(index.holds(SPACE, passages)).isFalse();
        publish(SPACE, entry);

        assertThat(index.holds(SPACE, passages)).isTrue();
        assertThat(index.holds(new EmbeddingSpace("other", 4), passages)).isFalse();
        assertThat(index.holds(SPACE, Map.of())).isFalse();
        assertThat(index.holds(SPACE, Map.of(entry.passage().id(), "another"))).isFalse();
        index.update(SPACE).close();
        assertThat(index.holds(SPACE, passages)).isFalse();
    }

    @Test
    void tellsWhatAnUpdateWouldBeginWithAndWritesNothing() {
        Entry first = entry("a", "New.");
        Map<UUID, String> one = Map.of(first.passage().id(), first.hash());
        assertThat(index.present(SPACE)).isEmpty();
        assertThat(server.collectionNames()).isEmpty();

        publish(SPACE, first);
        assertThat(index.present(SPACE)).isEqualTo(one);
        assertThat(index.present(new EmbeddingSpace("other", 4))).isEmpty();
        assertThat(server.collectionNames()).hasSize(1);

        Entry second = entry("b", "Unfinished.");
        try (IndexUpdate update = index.update(SPACE)) {
            update.put(List.of(second));
        }
        assertThat(index.present(SPACE))
                .hasSize(2)
                .containsAllEntriesOf(one)
                .containsEntry(second.passage().id(), second.hash());
    }

    private boolean answers() {
        try {
            return index.state().passages() == 1;
        } catch (DependencyException e) {
            return false;
        }
    }

    private Set<String> texts() {
        List<UUID> found =
                index.search("text", EAST, 500).hits().stream()
                        .map(hit -> hit.passage().id())
                        .toList();
        return index.passages(found).values().stream()
                .map(Passage::text)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Failure failure(Runnable call) {
        return catchThrowableOfType(DependencyException.class, call::run).failure();
    }

    private static Entry[] entries(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> entry("p" + i, "Passage number " + i))
                .toArray(Entry[]::new);
    }

    private static Entry entry(String name, String text) {
        return entry(name, text, EAST);
    }

    private static Entry entry(String name, String text, float[] vector) {
        String file = "docs/" + name + ".md";
        Passage passage =
                new Passage(Passage.idOf(file, "", 0), file, name, List.of(), "", null, 0, text, 3);
        return new Entry(passage, "hash of " + text, vector);
    }

    private Clock clock() {
        return new Clock() {
            @Override
            public ZoneOffset getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                return this;
            }

            @Override
            public Instant instant() {
                return now;
            }
        };
    }
}
