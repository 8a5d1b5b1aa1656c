package dev.docent.rag;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.docent.failure.DependencyException;
import dev.docent.rag.IndexUpdate.Entry;
import dev.docent.rag.PassageIndex.Note;
import dev.docent.rag.PassageIndex.State;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every {@link PassageIndex} keeps, in terms of the port alone. */
public abstract class PassageIndexContract {
    protected static final EmbeddingSpace SPACE = new EmbeddingSpace("contract", 4);
    private static final float[] EAST = {1, 0, 0, 0};
    private static final float[] NORTH = {0, 1, 0, 0};
    private static final float[] NORTH_EAST = {0.6f, 0.8f, 0, 0};
    private static final float[] WEST = {-1, 0, 0, 0};

    private PassageIndex index;

    /** Opens the index of this test's place; the same place again after it was closed. */
    protected abstract PassageIndex open();

    /** Whether the index has a list by words beside the one by meaning. */
    protected boolean lexical() {
        return true;
    }

    @BeforeEach
    final void openIndex() {
        index = open();
    }

    @AfterEach
    final void closeIndex() {
        index.close();
    }

    @Test
    void isEmptyAtFirst() {
        State state = index.state();
        assertThat(state.passages()).isZero();
        assertThat(state.name()).isNotBlank();
        assertThat(index.search("anything", EAST, 5).hits()).isEmpty();
    }

    @Test
    void findsTheNearestFirstWithItsCosine() {
        publish(
                entry("docs/a.md", "install", 0, "Install the program.", EAST),
                entry("docs/b.md", "remove", 0, "Remove the program.", NORTH),
                entry("docs/c.md", "update", 0, "Update the program.", NORTH_EAST));

        List<Hit> dense = dense(index.search("setup", EAST, 3));

        assertThat(dense)
                .extracting(hit -> hit.passage().anchor())
                .containsExactly("install", "update", "remove");
        assertThat(dense.get(0).cosine()).isCloseTo(1.0, within(0.001));
        assertThat(dense.get(1).cosine()).isCloseTo(0.6, within(0.001));
        assertThat(dense.get(2).cosine()).isCloseTo(0.0, within(0.001));
    }

    @Test
    void keepsTheSignOfACosine() {
        publish(entry("docs/a.md", "install", 0, "Install the program.", EAST));
        assertThat(index.search("setup", WEST, 3).hits())
                .singleElement()
                .satisfies(hit -> assertThat(hit.cosine()).isCloseTo(-1.0, within(0.001)));
    }

    @Test
    void givesEachPassageOnceAndLimitsEachList() {
        List<Entry> entries = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            float angle = i / 20f;
            float[] vector = {(float) Math.cos(angle), (float) Math.sin(angle), 0, 0};
            entries.add(entry("docs/p" + i + ".md", "", 0, "The garden number " + i, vector));
        }
        publish(entries.toArray(Entry[]::new));

        List<Hit> hits = index.search("garden", EAST, 4).hits();

        assertThat(hits).extracting(hit -> hit.passage().id()).doesNotHaveDuplicates();
        assertThat(hits).hasSizeBetween(4, 8);
        assertThat(hits.stream().map(Hit::denseRank).filter(rank -> rank > 0))
                .containsExactlyInAnyOrder(1, 2, 3, 4);
        assertThat(hits.stream().map(Hit::bm25).filter(score -> score > 0))
                .hasSizeLessThanOrEqualTo(4);
    }

    @Test
    void keepsNotesBesideThePassages() {
        publish(entry("docs/a.md", "install", 0, "Install the program.", EAST));
        assertThat(index.note(Note.CALIBRATION)).isEmpty();
        assertThat(index.note(Note.PROVENANCE)).isEmpty();

        index.keep(Note.CALIBRATION, "a note, ü, \"quoted\"");
        assertThat(index.note(Note.CALIBRATION)).contains("a note, ü, \"quoted\"");
        assertThat(index.note(Note.PROVENANCE)).isEmpty();
        index.keep(Note.CALIBRATION, "{}");
        index.keep(Note.PROVENANCE, "another");
        assertThat(index.note(Note.CALIBRATION)).contains("{}");
        assertThat(index.state().passages()).isEqualTo(1);
        assertThat(index.search("program", EAST, 3).hits()).hasSize(1);

        publish(entry("docs/b.md", "remove", 0, "Remove the program.", NORTH));
        assertThat(index.note(Note.CALIBRATION)).contains("{}");
        assertThat(index.note(Note.PROVENANCE)).contains("another");
    }

    @Test
    void findsByWordsAloneWithoutAVector() {
        publish(
                entry("docs/a.md", "install", 0, "Install the program with brew.", EAST),
                entry("docs/b.md", "remove", 0, "Remove the program.", NORTH));

        Candidates found = index.search("brew", null, 3);

        if (lexical()) {
            assertThat(found.hits())
                    .singleElement()
                    .satisfies(hit -> {
                        assertThat(hit.passage().anchor()).isEqualTo("install");
                        assertThat(hit.bm25()).isPositive();
                        assertThat(hit.denseRank()).isZero();
                        assertThat(hit.cosine()).isZero();
                    });
        } else {
            assertThat(found.hits()).isEmpty();
        }
    }

    /** Nearly every statement about evidence rests on this scale; see {@link Bm25}. */
    @Test
    void scoresWordsBetweenZeroAndTheSumOfTheirIdf() {
        if (!lexical()) {
            return;
        }
        List<Entry> entries = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            entries.add(entry("docs/other" + i + ".md", "", 0, "filler ".repeat(100), EAST));
        }
        Map<String, String> texts =
                Map.of(
                        "both", "threshold metres" + " filler".repeat(98),
                        "often", "threshold metres ".repeat(20) + "filler ".repeat(60),
                        "long", "threshold metres" + " filler".repeat(398),
                        "one", "threshold" + " filler".repeat(99));
        texts.forEach((name, text) -> entries.add(entry("docs/" + name, "", 0, text, EAST)));
        publish(entries.toArray(Entry[]::new));

        Map<String, Double> shares = shares(index.search("threshold metres", null, 50));
        assertThat(shares).containsOnlyKeys("docs/both", "docs/often", "docs/long", "docs/one");
        assertThat(shares.get("docs/both")).isCloseTo(1 / (1 + 1.2), within(0.04));
        assertThat(shares.get("docs/often")).isCloseTo(20 / (20 + 1.2), within(0.02));
        assertThat(shares.get("docs/long")).isCloseTo(1 / (1 + 1.2 * (1 + 0.4 * 3)), within(0.04));
        assertThat(shares.get("docs/one")).isCloseTo(0.5 / (1 + 1.2), within(0.04));

        Candidates strange = index.search("threshold metres zebra crossing", null, 50);
        assertThat(strange.unknown()).hasSize(2);
        assertThat(shares(strange).get("docs/both")).isLessThan(0.5 / (1 + 1.2));
    }

    /** The lexical score of each file's passage, as a share of the most that it could be. */
    private static Map<String, Double> shares(Candidates found) {
        double most = found.idf().values().stream().mapToDouble(Double::doubleValue).sum();
        return found.hits().stream()
                .collect(Collectors.toMap(hit -> hit.passage().file(), hit -> hit.bm25() / most));
    }

    @Test
    void findsASynonymForLessThanTheWordItself() {
        if (!lexical()) {
            return;
        }
        publish(
                entry("docs/word.md", "", 0, "Delete the program.", EAST),
                entry("docs/synonym.md", "", 0, "Uninstall the program.", EAST),
                entry("docs/other.md", "", 0, "Update the program.", EAST));

        Map<String, Double> shares = shares(index.search("delete", null, 5));
        assertThat(shares).containsOnlyKeys("docs/word.md", "docs/synonym.md");
        assertThat(shares.get("docs/synonym.md"))
                .isLessThan(0.5 * shares.getOrDefault("docs/word.md", 0.0));

        Candidates meant = index.search("purge", null, 5);
        assertThat(meant.hits()).hasSize(2).allSatisfy(hit -> assertThat(hit.bm25()).isPositive());
        assertThat(meant.unknown()).isEmpty();
    }

    @Test
    void findsAMistypedWord() {
        if (!lexical()) {
            return;
        }
        publish(
                entry("docs/a.md", "", 0, "The threshold of the kettle.", EAST),
                entry("docs/b.md", "", 0, "Something else.", EAST));
        Candidates found = index.search("treshold", null, 5);
        assertThat(found.hits())
                .singleElement()
                .satisfies(hit -> assertThat(hit.passage().file()).isEqualTo("docs/a.md"));
        assertThat(found.unknown()).isEmpty();
    }

    /** Each takes a pass over the dictionary, and anybody may send hundreds. */
    @Test
    void looksForNoMoreThanAFewMistypedWords() {
        if (!lexical()) {
            return;
        }
        publish(
                entry("docs/a.md", "", 0, "The threshold of the kettle.", EAST),
                entry("docs/b.md", "", 0, "Internationalizations everywhere.", EAST));
        String wrong = "zqxwvu zqxwvt zqxwvs zqxwvr zqxwvq zqxwvp ";
        assertThat(index.search(wrong + "treshold", null, 5).hits()).isEmpty();
        assertThat(index.search("nternationalizationss", null, 5).hits()).isEmpty();
        assertThat(index.search("treshold " + wrong, null, 5).hits()).hasSize(1);
    }

    @Test
    void tellsTheCosineAlsoOfWhatOnlyWordsFound() {
        List<Entry> entries = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            entries.add(entry("docs/near" + i + ".md", "", 0, "Something else.", EAST));
        }
        entries.add(entry("docs/far.md", "", 0, "All about marmalade.", NORTH_EAST));
        publish(entries.toArray(Entry[]::new));

        List<Hit> hits = index.search("marmalade", EAST, 2).hits();

        if (lexical()) {
            Hit far =
                    hits.stream()
                            .filter(hit -> hit.passage().file().equals("docs/far.md"))
                            .findFirst()
                            .orElseThrow();
            assertThat(far.bm25()).isPositive();
            assertThat(far.denseRank()).isZero();
            assertThat(far.cosine()).isCloseTo(0.6, within(0.001));
        } else {
            assertThat(hits).hasSize(2);
        }
    }

    @Test
    void givesBackAPassageAsItWasPut() {
        String text = "Ünïcode, 日本語 and code:\n\n```js\nlet a = \"<b>\";\n```\n";
        Passage whole =
                new Passage(
                        Passage.idOf("docs/ü.mdx", "x-y", 2),
                        "docs/ü.mdx",
                        "Title – with dash",
                        List.of("One > and a half", "Two"),
                        "x-y",
                        "/docs/%C3%BC#x-y",
                        2,
                        text,
                        17);
        Passage bare =
                new Passage(
                        Passage.idOf("docs/b.md", "", 0),
                        "docs/b.md",
                        "B",
                        List.of(),
                        "",
                        null,
                        0,
                        "b",
                        0);
        publish(new Entry(whole, "h", EAST), new Entry(bare, "h", NORTH));

        assertThat(index.search("code", EAST, 5).hits())
                .extracting(Hit::passage)
                .containsExactlyInAnyOrder(whole.outline(), bare.outline());
        assertThat(found("code", EAST, 5)).containsExactlyInAnyOrder(whole, bare);
        assertThat(index.passages(List.of(bare.id(), Passage.idOf("never", "", 0))))
                .isEqualTo(Map.of(bare.id(), bare));
        assertThat(index.passages(List.of())).isEmpty();
    }

    @Test
    void takesAnyTextAsAQuestion() {
        publish(entry("docs/a.md", "install", 0, "Install the program.", EAST));
        for (String text :
                List.of(
                        "?",
                        "a OR b AND NOT (c \"d^~*[",
                        "the",
                        "\uD83D\uDE00",
                        "x".repeat(8000),
                        "install ".repeat(1000),
                        "w".repeat(3) + " \u0000 \u202E",
                        "日本語のドキュメント")) {
            assertThat(index.search(text, EAST, 3).hits()).hasSize(1);
        }
    }

    @Test
    void givesThePartsOfSectionsInOrder() {
        Entry third = entry("docs/a.md", "long", 2, "Third.", EAST);
        Entry elsewhere = entry("docs/a.md", "other", 0, "Elsewhere.", EAST);
        publish(
                third,
                entry("docs/a.md", "long", 0, "First.", EAST),
                entry("docs/a.md", "long", 1, "Second.", EAST),
                elsewhere,
                entry("docs/b.md", "long", 0, "Another file.", EAST));

        Outline unknown = entry("docs/none.md", "", 0, "Unknown.", EAST).passage().outline();
        Outline last = third.passage().outline();
        Outline alone = elsewhere.passage().outline();
        List<List<Outline>> sections = index.sections(List.of(last, unknown, alone, last));
        assertThat(sections)
                .extracting(section -> section.stream().map(Outline::part).toList())
                .containsExactly(List.of(0, 1, 2), List.of(0), List.of(0), List.of(0, 1, 2));
        assertThat(sections.get(0)).isEqualTo(sections.get(3)).endsWith(last);
        assertThat(sections.get(1)).containsExactly(unknown);
        assertThat(sections.get(2)).containsExactly(alone);
        assertThat(index.passages(sections.getFirst().stream().map(Outline::id).toList()).values())
                .extracting(Passage::text)
                .containsExactlyInAnyOrder("First.", "Second.", "Third.");
        assertThat(index.sections(List.of())).isEmpty();
    }

    @Test
    void hidesAnUpdateUntilItIsPublished() {
        publish(entry("docs/a.md", "", 0, "The former text.", EAST));
        try (IndexUpdate update = index.update(SPACE)) {
            update.put(
                    List.of(
                            entry("docs/a.md", "", 0, "The new text.", EAST),
                            entry("docs/b.md", "", 0, "Another text.", NORTH)));
            assertThat(texts()).containsExactly("The former text.");
            assertThat(index.state().passages()).isEqualTo(1);
            update.publish();
            assertThat(texts()).containsExactlyInAnyOrder("The new text.", "Another text.");
            assertThat(index.state()).isEqualTo(new State(index.state().name(), SPACE, 2));
        }
    }

    @Test
    void startsAnUpdateWithWhatIsPublished() {
        publish(
                entry("docs/a.md", "", 0, "To be kept.", EAST),
                entry("docs/b.md", "", 0, "To be removed.", NORTH));
        Passage kept = entry("docs/a.md", "", 0, "", EAST).passage();
        Passage removed = entry("docs/b.md", "", 0, "", EAST).passage();
        try (IndexUpdate update = index.update(SPACE)) {
            assertThat(update.present())
                    .isEqualTo(
                            Map.of(
                                    kept.id(), "hash of To be kept.",
                                    removed.id(), "hash of To be removed."));
            update.remove(List.of(removed.id(), Passage.idOf("never", "", 0)));
            assertThat(update.present()).containsOnlyKeys(kept.id());
            assertThat(texts()).hasSize(2);
            update.publish();
        }
        assertThat(texts()).containsExactly("To be kept.");
    }

    @Test
    void givesTheVectorsOfContentsWhereverTheyStand() {
        Entry first = entry("docs/a.md", "install", 0, "Install it.", NORTH_EAST);
        Entry removed = entry("docs/b.md", "remove", 0, "Remove it.", NORTH);
        publish(first, removed);
        UUID moved =
                entry("handbook/a.md", "install", 3, "Install it.", EAST).passage().contentId();
        UUID other = entry("docs/a.md", "other", 0, "Install it.", EAST).passage().contentId();
        Entry put = entry("docs/c.md", "new", 0, "New.", WEST);
        try (IndexUpdate update = index.update(SPACE)) {
            Map<UUID, float[]> known = update.vectors(List.of(moved, other));
            assertThat(known).containsOnlyKeys(moved);
            assertThat(known.get(moved)).containsExactly(NORTH_EAST, within(1e-6f));
            update.put(List.of(put));
            update.remove(List.of(removed.passage().id()));
            assertThat(
                            update.vectors(
                                    List.of(
                                            put.passage().contentId(),
                                            removed.passage().contentId())))
                    .containsOnlyKeys(put.passage().contentId());
            assertThat(update.vectors(List.of())).isEmpty();
        }
        try (IndexUpdate update = index.update(new EmbeddingSpace("another", 3))) {
            assertThat(update.vectors(List.of(moved))).isEmpty();
        }
    }

    @Test
    void replacesAPassageOfTheSameId() {
        publish(entry("docs/a.md", "", 0, "Old words.", EAST));
        publish(entry("docs/a.md", "", 0, "New words.", NORTH));
        assertThat(index.search("words", NORTH, 5).hits())
                .singleElement()
                .satisfies(hit -> assertThat(hit.cosine()).isCloseTo(1.0, within(0.001)));
        assertThat(found("words", NORTH, 5))
                .extracting(Passage::text)
                .containsExactly("New words.");
    }

    @Test
    void goesOnWithAnUnpublishedUpdate() {
        publish(entry("docs/a.md", "", 0, "Published.", EAST));
        Entry prepared = entry("docs/b.md", "", 0, "Prepared.", NORTH);
        try (IndexUpdate update = index.update(SPACE)) {
            update.put(List.of(prepared));
            update.remove(List.of(entry("docs/a.md", "", 0, "", EAST).passage().id()));
        }
        reopen();
        assertThat(texts()).containsExactly("Published.");
        try (IndexUpdate update = index.update(SPACE)) {
            assertThat(update.present())
                    .isEqualTo(Map.of(prepared.passage().id(), prepared.hash()));
            update.publish();
        }
        assertThat(texts()).containsExactly("Prepared.");
    }

    @Test
    void startsEmptyInAnotherSpace() {
        publish(entry("docs/a.md", "", 0, "Published.", EAST));
        EmbeddingSpace other = new EmbeddingSpace("another", 3);
        float[] up = {0, 0, 1};
        try (IndexUpdate update = index.update(other)) {
            assertThat(update.present()).isEmpty();
            update.put(List.of(entry("docs/b.md", "", 0, "In another space.", up)));
            assertThat(texts()).containsExactly("Published.");
            assertThat(index.state().space()).isEqualTo(SPACE);
            update.publish();
        }
        assertThat(index.state().space()).isEqualTo(other);
        assertThat(found("published", up, 5))
                .extracting(Passage::text)
                .containsExactly("In another space.");
    }

    @Test
    void forgetsAnUnpublishedUpdateOfAnotherSpace() {
        publish(entry("docs/a.md", "", 0, "Published.", EAST));
        try (IndexUpdate update = index.update(new EmbeddingSpace("another", 3))) {
            update.put(List.of(entry("docs/b.md", "", 0, "Aside.", new float[] {0, 0, 1})));
        }
        try (IndexUpdate update = index.update(SPACE)) {
            assertThat(update.present()).hasSize(1);
            update.publish();
        }
        assertThat(texts()).containsExactly("Published.");
    }

    @Test
    void publishesAnEmptySite() {
        Entry only = entry("docs/a.md", "", 0, "Published.", EAST);
        publish(only);
        try (IndexUpdate update = index.update(SPACE)) {
            update.remove(List.of(only.passage().id()));
            update.publish();
        }
        assertThat(index.state().passages()).isZero();
        assertThat(index.search("published", EAST, 5).hits()).isEmpty();
    }

    @Test
    void letsOneUpdateRunAtATime() {
        try (IndexUpdate first = index.update(SPACE)) {
            assertThat(first.present()).isEmpty();
            assertThatThrownBy(() -> index.update(SPACE)).isInstanceOf(DependencyException.class);
        }
        try (IndexUpdate next = index.update(SPACE)) {
            assertThat(next.present()).isEmpty();
        }
    }

    @Test
    void keepsWhatWasPublishedWhenItIsOpenedAgain() {
        publish(entry("docs/a.md", "", 0, "Published.", EAST));
        State before = index.state();
        reopen();
        assertThat(index.state()).isEqualTo(before);
        assertThat(texts()).containsExactly("Published.");
    }

    @Test
    void showsEverySearchOneGenerationOnly() throws Exception {
        publish(generation(0));
        AtomicBoolean done = new AtomicBoolean();
        try (ExecutorService readers = Executors.newVirtualThreadPerTaskExecutor()) {
            Callable<Void> reader =
                    () -> {
                        while (!done.get()) {
                            assertThat(
                                            index.search("generation", EAST, 6).hits().stream()
                                                    .map(hit -> hit.passage().textHash())
                                                    .distinct())
                                    .hasSize(1);
                        }
                        return null;
                    };
            List<Future<Void>> running = List.of(readers.submit(reader), readers.submit(reader));
            try {
                for (int i = 1; i <= 5; i++) {
                    publish(generation(i));
                }
            } finally {
                done.set(true);
            }
            for (Future<Void> future : running) {
                await(future);
            }
        }
    }

    private static void await(Future<Void> future) throws InterruptedException {
        try {
            future.get();
        } catch (ExecutionException e) {
            throw new AssertionError("a reader failed", e.getCause());
        }
    }

    private static Entry[] generation(int number) {
        return List.of("a", "b", "c").stream()
                .map(name -> entry("docs/" + name + ".md", "", 0, "generation " + number, EAST))
                .toArray(Entry[]::new);
    }

    /** A passage that carries what a test looks at. */
    protected static Entry entry(
            String file, String anchor, int part, String text, float[] vector) {
        Passage passage =
                new Passage(
                        Passage.idOf(file, anchor, part),
                        file,
                        "A page",
                        anchor.isEmpty() ? List.of() : List.of(anchor),
                        anchor,
                        "/" + file + (anchor.isEmpty() ? "" : "#" + anchor),
                        part,
                        text,
                        3);
        return new Entry(passage, "hash of " + text, vector);
    }

    private void publish(Entry... entries) {
        try (IndexUpdate update = index.update(SPACE)) {
            update.put(List.of(entries));
            update.publish();
        }
    }

    private void reopen() {
        index.close();
        index = open();
    }

    private Collection<String> texts() {
        return found("text", EAST, 10).stream().map(Passage::text).toList();
    }

    private Collection<Passage> found(String text, float[] vector, int limit) {
        return index.passages(
                        index.search(text, vector, limit).hits().stream()
                                .map(hit -> hit.passage().id())
                                .toList())
                .values();
    }

    private static List<Hit> dense(Candidates found) {
        return found.hits().stream()
                .filter(hit -> hit.denseRank() > 0)
                .sorted((a, b) -> Integer.compare(a.denseRank(), b.denseRank()))
                .toList();
    }
}
