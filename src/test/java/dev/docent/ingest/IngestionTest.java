package dev.docent.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.docent.rag.Passage;
import dev.docent.rag.PassageIndex.Note;
import dev.docent.site.FailedFile;
import dev.docent.site.SiteException;
import dev.docent.site.SiteSettings;
import dev.docent.site.Tree;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IngestionTest {
    private static final IngestSettings SETTINGS =
            new IngestSettings(SiteSettings.unknown(), 100, 100_000, 2, 0, 0, false, false, null);

    @TempDir Path folder;
    private final MemoryIndex index = new MemoryIndex();
    private final WordEmbedder embedder = new WordEmbedder();

    private Tree tree() {
        return new Tree(folder)
                .with(
                        "docs/a.md",
                        """
                        # Title A

                        Intro.

                        ## One

                        First.

                        ## Two

                        ### Deep

                        Second.
                        """)
                .with("docs/b.md", "---\ntitle: Title B\n---\n\nOnly text.\n");
    }

    private IngestReport run() {
        return run(SETTINGS);
    }

    private IngestReport run(IngestSettings settings) {
        return new Ingestion(index, embedder, settings, Progress.SILENT)
                .run(folder.resolve("docs"));
    }

    @Test
    void indexesEachSectionWithItsPathAnchorAndAddress() {
        tree();
        IngestReport report = run();
        assertThat(index.passages())
                .extracting(
                        Passage::file,
                        Passage::title,
                        Passage::heading,
                        Passage::url,
                        Passage::text)
                .containsExactly(
                        tuple("docs/a.md", "Title A", "Title A", "/docs/a", "Intro."),
                        tuple("docs/a.md", "Title A", "Two > Deep", "/docs/a#deep", "Second."),
                        tuple("docs/a.md", "Title A", "One", "/docs/a#one", "First."),
                        tuple("docs/b.md", "Title B", "Title B", "/docs/b", "Only text."));
        assertThat(report.files()).isEqualTo(2);
        assertThat(report.pages()).isEqualTo(2);
        assertThat(report.sections()).isEqualTo(4);
        assertThat(report.passages().added()).isEqualTo(4);
        assertThat(report.spent().calls()).isEqualTo(2);
        assertThat(report.published()).isTrue();
        assertThat(report.stopped()).isEmpty();
    }

    @Test
    void aSecondRunBeginsNoUpdateAndEmbedsNothing() {
        tree();
        run();
        IngestReport second = run();
        assertThat(second.passages().unchanged()).isEqualTo(4);
        assertThat(
                        second.passages().added()
                                + second.passages().changed()
                                + second.passages().removed()
                                + second.spent().calls())
                .isZero();
        assertThat(index.updates).isOne();
        assertThat(embedder.embedded()).isEqualTo(4);
    }

    @Test
    void keepsWithTheIndexWhichStateOfTheSiteItIsOf() {
        tree();
        run(SETTINGS.run(true, false, null));
        assertThat(index.note(Note.PROVENANCE)).isEmpty();
        run();
        assertThat(provenance().commit()).isNull();

        GitFolder git = GitFolder.init(folder);
        String commit = git.commit("2026-03-01");
        Instant before = provenance().ingestedAt();
        run(SETTINGS.run(true, false, null));
        assertThat(provenance().commit()).isNull();
        run();
        assertThat(provenance().commit())
                .isEqualTo(new Checkout.Commit(commit, Instant.parse("2026-03-01T12:00:00Z")));
        assertThat(provenance().ingestedAt()).isAfter(before);
        assertThat(index.updates).isOne();

        tree().with("docs/c.md", "More.\n");
        String next = git.commit("2026-03-02");
        run();
        assertThat(provenance().facts()).containsEntry("commit", next);
    }

    private Provenance provenance() {
        return Provenance.parse(index.note(Note.PROVENANCE).orElseThrow()).orElseThrow();
    }

    @Test
    void embedsOnlyWhatChangedAndRemovesWhatVanished() {
        Tree tree = tree();
        run();
        tree.with(
                "docs/a.md",
                "# Title A\n\nIntro.\n\n## One\n\nFirst, but otherwise.\n\n## Three\n\nNew.\n");
        IngestReport second = run();
        assertThat(
                        List.of(
                                second.passages().added(),
                                second.passages().changed(),
                                second.passages().unchanged(),
                                second.passages().removed()))
                .containsExactly(1, 1, 2, 1);
        assertThat(embedder.embedded()).isEqualTo(6);
        assertThat(index.passages())
                .extracting(Passage::text)
                .containsExactly("Intro.", "First, but otherwise.", "New.", "Only text.");
    }

    @Test
    void aRenamedFolderEmbedsNothingAnew() throws Exception {
        tree();
        run();
        embedder.batches.clear();
        Files.move(folder.resolve("docs"), folder.resolve("handbook"));
        IngestReport report =
                new Ingestion(index, embedder, SETTINGS, Progress.SILENT)
                        .run(folder.resolve("handbook"));
        assertThat(report.passages().added()).isEqualTo(4);
        assertThat(report.passages().removed()).isEqualTo(4);
        assertThat(report.spent().tokens()).isZero();
        assertThat(embedder.embedded()).isZero();
        assertThat(index.passages())
                .hasSize(4)
                .allSatisfy(passage -> assertThat(passage.file()).startsWith("handbook/"));
    }

    @Test
    void aContentThatStandsInSeveralPlacesIsEmbeddedOnce() {
        Tree tree = tree();
        for (int i = 0; i < 9; i++) {
            tree.with("docs/version-" + i + "/b.md", "# Title B\n\nOnly text.\n");
        }
        run();
        assertThat(index.passages()).hasSize(13);
        assertThat(embedder.embedded()).isEqualTo(4);
        tree.with("docs/version-10/b.md", "# Title B\n\nOnly text.\n");
        run();
        assertThat(index.passages()).hasSize(14);
        assertThat(embedder.embedded()).isEqualTo(4);
    }

    @Test
    void anotherModelEmbedsEverythingAnew() {
        tree();
        run();
        WordEmbedder other = new WordEmbedder("other");
        IngestReport report =
                new Ingestion(index, other, SETTINGS, Progress.SILENT).run(folder.resolve("docs"));
        assertThat(report.passages().added()).isEqualTo(4);
        assertThat(other.embedded()).isEqualTo(4);
        assertThat(index.state().space()).isEqualTo(other.space());
    }

    @Test
    void aRunThatWasKilledGoesOnWhereItStopped() {
        tree();
        index.crashAfterPuts = 1;
        assertThatThrownBy(this::run).hasMessage("killed");
        assertThat(index.passages()).isEmpty();
        index.crashAfterPuts = Integer.MAX_VALUE;
        embedder.batches.clear();
        IngestReport report = run();
        assertThat(report.passages().added()).isEqualTo(2);
        assertThat(embedder.embedded()).isEqualTo(2);
        assertThat(index.passages()).hasSize(4);
    }

    @Test
    void aRunThatWasKilledBeforeItPublishedPublishesTheNextTime() {
        Tree tree = tree();
        run();
        tree.with("docs/b.md", "Other text.\n");
        embedder.quota = 1;
        index.crashAfterPuts = Integer.MAX_VALUE;
        try (var update = index.update(embedder.space())) {
            assertThat(update.present()).hasSize(4);
        }
        run();
        assertThat(index.publications).isEqualTo(2);
        assertThat(index.passages()).extracting(Passage::text).contains("Other text.");
    }

    @Test
    void aSpentQuotaStopsCleanlyAndKeepsWhatWasDone() {
        tree();
        embedder.quota = 3;
        IngestReport report = run();
        assertThat(report.stopped())
                .contains(
                        "The daily quota of the model is spent. Run it again tomorrow."
                                + " (DOCENT-045)");
        assertThat(report.published()).isFalse();
        assertThat(index.passages()).isEmpty();
        embedder.quota = 100;
        assertThat(run().passages().added()).isEqualTo(2);
        assertThat(index.passages()).hasSize(4);
    }

    @Test
    void obeysTextsADay() {
        tree();
        IngestSettings three = SETTINGS.withQuotas(0, 3);
        assertThat(run(three).stopped())
                .contains(
                        "The 3 texts that may be embedded in a day are spent; the next run goes on"
                                + " from here.");
        assertThat(embedder.embedded()).isEqualTo(3);
        assertThat(run(three).published()).isTrue();
        assertThat(embedder.embedded()).isEqualTo(4);
    }

    @Test
    void obeysTextsAMinute() {
        tree();
        MovableClock clock = new MovableClock();
        List<Duration> pauses = new ArrayList<>();
        new Ingestion(
                        index,
                        embedder,
                        SETTINGS.withQuotas(3, 0),
                        Progress.SILENT,
                        SurveyCache.NONE,
                        clock,
                        pause -> {
                            pauses.add(pause);
                            clock.now = clock.now.plus(pause);
                        })
                .run(folder.resolve("docs"));
        assertThat(pauses).containsExactly(Duration.ofMinutes(1));
        assertThat(index.passages()).hasSize(4);
    }

    @Test
    void aDryRunTellsTheCostAndWritesNothing() {
        tree();
        IngestReport report = run(SETTINGS.withQuotas(2, 3).run(true, false, null));
        assertThat(report.passages().added()).isEqualTo(4);
        assertThat(report.spent().calls()).isEqualTo(2);
        assertThat(report.spent().tokens()).isEqualTo(9);
        assertThat(report.took()).isEqualTo(Duration.ofMinutes(1));
        assertThat(report.stopped())
                .contains(
                        "With 3 texts a day this takes 2 days; each run goes on where the last one"
                                + " stopped.");
        assertThat(index.updates).isZero();
        assertThat(embedder.embedded()).isZero();
    }

    @Test
    void namesEachFileThatCannotBeReadAndIndexesTheOthers() throws IOException {
        Tree tree = tree();
        tree.with("docs/big.md", "x".repeat(100_001)).with("docs/binary.md", "PNG\0\0");
        Files.write(folder.resolve("docs/latin.md"), new byte[] {'a', (byte) 0xe4, 'b'});
        Files.createSymbolicLink(folder.resolve("docs/loop"), folder.resolve("docs"));
        IngestReport report = run();
        assertThat(report.failed())
                .containsExactlyInAnyOrder(
                        new FailedFile(
                                "docs/big.md", "it has 100,001 bytes, and the limit is 100,000"),
                        new FailedFile("docs/binary.md", "it is not text but a binary file"),
                        new FailedFile(
                                "docs/latin.md", "it is not UTF-8; save it with that encoding"),
                        new FailedFile("docs/loop", "it is a link to a folder that holds it"));
        assertThat(report.passages().added()).isEqualTo(4);
        assertThat(report.published()).isTrue();
    }

    @Test
    void keepsWhatItCannotReadAnyMoreUnlessToldToPrune() {
        Tree tree = tree();
        run();
        tree.with("docs/b.md", "now\0binary");
        IngestReport kept = run();
        assertThat(kept.passages().removed()).isZero();
        assertThat(kept.warnings())
                .containsExactly(
                        "1 passages that are no more were kept, because some files could not be"
                                + " read; --prune takes them out.");
        IngestSettings prune =
                new IngestSettings(
                        SiteSettings.unknown(), 100, 100_000, 2, 0, 0, false, true, null);
        assertThat(run(prune).passages().removed()).isOne();
        assertThat(index.passages()).hasSize(3);
    }

    @Test
    void reportsTwoPagesWithOneAddress() {
        tree().with("docs/01-a.md", "Text.");
        assertThat(run().warnings())
                .containsExactly(
                        "docs/01-a.md and docs/a.md are both published at /docs/a; readers see only"
                                + " one of them.");
    }

    @Test
    void saysWhatIsWrongWithAFolderThatHoldsNothing() throws IOException {
        assertThatThrownBy(this::run)
                .isInstanceOf(SiteException.class)
                .hasMessage("There is no folder " + folder.resolve("docs") + ".");
        Files.createDirectory(folder.resolve("docs"));
        assertThatThrownBy(this::run)
                .isInstanceOf(SiteException.class)
                .hasMessage(
                        "There is no page (.md or .mdx) in "
                                + folder.resolve("docs")
                                + ", so nothing was ingested.");
    }

    @Test
    void readsAWholeSiteFromOneFile() {
        new Tree(folder)
                .with(
                        "llms-full.txt",
                        """
                        # First
                        Source: https://x.org/first

                        Intro.

                        ## Usage

                        One.

                        # Second

                        ## Usage

                        Two.
                        """);
        new Ingestion(index, embedder, SETTINGS, Progress.SILENT)
                .run(folder.resolve("llms-full.txt"));
        assertThat(index.passages())
                .extracting(
                        p -> p.title() + " | " + p.heading() + " | " + p.url() + " | " + p.text())
                .containsExactly(
                        "First | First | https://x.org/first | Intro.",
                        "First | Usage | https://x.org/first#usage | One.",
                        "Second | Usage | null | Two.");
    }

    @Test
    void readsPagesWithinAnArchive() throws IOException {
        Path zip = folder.resolve("manual.zip");
        try (FileSystem archive = FileSystems.newFileSystem(zip, Map.of("create", "true"))) {
            Path manual = Files.createDirectories(archive.getPath("dev/docent/manual"));
            Files.writeString(manual.resolve("README.md"), "# Docent\n\nHello.\n");
            new Ingestion(index, embedder, SETTINGS, Progress.SILENT).run(manual);
        }
        assertThat(index.passages())
                .extracting(p -> p.file() + " " + p.url() + " " + p.text())
                .containsExactly("manual/README.md /docs Hello.");
    }

    private static final class MovableClock extends Clock {
        private Instant now = Instant.parse("2026-01-01T00:00:00Z");

        @Override
        public ZoneId getZone() {
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
    }
}
