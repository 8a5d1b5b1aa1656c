package dev.docent.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.docent.lucene.LuceneIndex;
import dev.docent.rag.PassageIndex;
import dev.docent.site.FailedFile;
import dev.docent.site.SiteSettings;
import dev.docent.site.Tree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a second ingestion reads, and that it comes to the same as if it had read all. */
class SurveyCacheTest {
    private static final IngestSettings SETTINGS =
            new IngestSettings(SiteSettings.unknown(), 100, 100_000, 50, 0, 0, false, false, null);

    @TempDir Path folder;

    /** The words that fill the pages and partials which were read since it was last emptied. */
    private final Set<String> read = new TreeSet<>();

    private String program = "1";

    private Tree tree() {
        return new Tree(folder.resolve("site"))
                .with("docusaurus.config.js", "export default { url: 'https://a.example' };")
                .with("docs/a.mdx", "import P from './_p.mdx';\n\n<P />\n\n" + filled("apple"))
                .with("docs/_p.mdx", "import Q from '@site/q.md';\n\n<Q />\n\n" + filled("pear"))
                .with("q.md", filled("quince"))
                .with("docs/b.md", "---\ntitle: Title\n---\n\n" + filled("berry"));
    }

    /** A text of one word that is too long for a passage, so that the embedder must measure it. */
    private static String filled(String word) {
        return (word + " ").repeat(150) + "\n";
    }

    private IngestReport run() {
        return run(SETTINGS, new WordEmbedder());
    }

    private IngestReport run(IngestSettings settings, WordEmbedder embedder) {
        SurveyCache cache = new SurveyCache(cacheFile(), () -> Optional.of(program));
        IngestReport report = run(settings, embedder, cache);
        IngestReport whole = run(settings, new WordEmbedder(), SurveyCache.NONE);
        if (embedder.space().equals(new WordEmbedder().space())) {
            assertThat(whole.passages().unchanged())
                    .isEqualTo(
                            report.passages().added()
                                    + report.passages().changed()
                                    + report.passages().unchanged());
            assertThat(
                            List.of(
                                    whole.passages().added(),
                                    whole.passages().changed(),
                                    whole.passages().removed()))
                    .containsOnly(0);
            assertThat(whole.warnings()).isEqualTo(report.warnings());
            assertThat(whole.failed()).isEqualTo(report.failed());
            assertThat(whole.notes()).isEqualTo(report.notes());
            assertThat(List.of(whole.files(), whole.pages(), whole.sections()))
                    .isEqualTo(List.of(report.files(), report.pages(), report.sections()));
        }
        read.clear();
        embedder.measured.forEach(text -> read.add(text.strip().split(" ", 2)[0]));
        return report;
    }

    private IngestReport run(IngestSettings settings, WordEmbedder embedder, SurveyCache cache) {
        try (PassageIndex index = LuceneIndex.open(folder.resolve("index"))) {
            return new Ingestion(index, embedder, settings, Progress.SILENT, cache)
                    .run(folder.resolve("site"));
        }
    }

    private Path cacheFile() {
        return folder.resolve("cache/survey");
    }

    @Test
    void whatDidNotChangeIsNotReadAgain() {
        tree();
        IngestReport first = run();
        assertThat(first.passages().added()).isPositive();
        assertThat(read).containsExactly("apple", "berry", "pear", "quince");
        IngestReport second = run();
        assertThat(read).isEmpty();
        assertThat(second.passages().unchanged()).isEqualTo(first.passages().added());
    }

    @Test
    void whatIsOddIsReportedEachTime() {
        tree().with("docs/01-b.md", filled("bear")).with("docs/c.md", "---\na: [\n---\n\nText.\n");
        assertThat(run().warnings()).hasSize(2);
        assertThat(run().warnings()).hasSize(2);
        assertThat(read).isEmpty();
    }

    @Test
    void aFileThatCannotBeReadIsTriedAndReportedEachTime() {
        Tree tree = tree().with("docs/c.md", "\0");
        assertThat(run().failed()).extracting(FailedFile::file).containsExactly("docs/c.md");
        assertThat(run().failed()).hasSize(1);
        assertThat(read).isEmpty();
        tree.with("docs/c.md", filled("cherry"));
        assertThat(run().failed()).isEmpty();
        assertThat(read).containsExactly("cherry");
    }

    @Test
    void aChangeIsSeenEvenWhereSizeAndTimeStayed() throws IOException {
        Tree tree = tree();
        Path page = tree.folder.resolve("docs/b.md");
        run();
        FileTime before = Files.getLastModifiedTime(page);
        tree.with("docs/b.md", Files.readString(page).replace("berry", "bread"));
        Files.setLastModifiedTime(page, before);
        assertThat(run().passages().changed()).isPositive();
        assertThat(read).containsExactly("bread");
    }

    @Test
    void anotherTimeIsNoChange() throws IOException {
        Tree tree = tree();
        run();
        Files.setLastModifiedTime(tree.folder.resolve("docs/b.md"), FileTime.fromMillis(1));
        run();
        assertThat(read).isEmpty();
    }

    @Test
    void anAddedFileIsReadAndADeletedOneIsGone() {
        Tree tree = tree();
        run();
        tree.with("docs/c.md", filled("cherry"));
        assertThat(run().passages().added()).isPositive();
        assertThat(read).containsExactly("cherry");
        tree.without("docs/b.md");
        assertThat(run().passages().removed()).isPositive();
        assertThat(read).isEmpty();
    }

    @Test
    void aRenamedFileIsReadUnderItsNewName() throws IOException {
        Tree tree = tree();
        run();
        Files.move(tree.folder.resolve("docs/b.md"), tree.folder.resolve("docs/z.md"));
        IngestReport report = run();
        assertThat(report.passages().added()).isPositive().isEqualTo(report.passages().removed());
        assertThat(read).containsExactly("berry");
    }

    @Test
    void aChangedPartialIsReadAgainWithThePageThatShowsIt() {
        Tree tree = tree();
        run();
        tree.with("docs/_p.mdx", filled("plum"));
        run();
        assertThat(read).containsExactly("apple", "plum");
    }

    @Test
    void aPartialOfAPartialCountsAlso() {
        Tree tree = tree();
        run();
        tree.with("q.md", filled("quail"));
        run();
        assertThat(read).containsExactly("apple", "pear", "quail");
    }

    @Test
    void aPartialThatWasLackingCountsWhenItIsThere() {
        Tree tree = tree().without("q.md");
        run();
        run();
        assertThat(read).isEmpty();
        tree.with("q.md", filled("quince"));
        run();
        assertThat(read).containsExactly("apple", "pear", "quince");
    }

    @Test
    void anotherLayoutOfTheSiteReadsAllAgain() {
        Tree tree = tree();
        run();
        tree.with("docusaurus.config.js", "export default { url: 'https://b.example' };");
        run();
        assertThat(read).hasSize(4);
    }

    @Test
    void otherSettingsReadAllAgain() {
        tree();
        run();
        SiteSettings slash = new SiteSettings(null, null, null, true);
        run(
                new IngestSettings(slash, 100, 100_000, 50, 0, 0, false, false, null),
                new WordEmbedder());
        assertThat(read).hasSize(4);
        run(
                new IngestSettings(slash, 90, 100_000, 50, 0, 0, false, false, null),
                new WordEmbedder());
        assertThat(read).hasSize(4);
    }

    @Test
    void anotherModelReadsAllAgain() {
        tree();
        run();
        assertThat(run(SETTINGS, new WordEmbedder("other")).passages().added()).isPositive();
        assertThat(read).hasSize(4);
    }

    @Test
    void anotherProgramReadsAllAgain() {
        tree();
        run();
        program = "2";
        assertThat(run().passages().changed()).isZero();
        assertThat(read).hasSize(4);
    }

    @Test
    void anIndexThatWasLostIsFilledAgain() throws IOException {
        tree();
        IngestReport first = run();
        Files.move(folder.resolve("index"), folder.resolve("lost"));
        assertThat(run().passages().added()).isEqualTo(first.passages().added());
    }

    @Test
    void aDamagedCacheCostsNothingButTime() throws IOException {
        tree();
        run();
        byte[] whole = Files.readAllBytes(cacheFile());
        for (int at = 0; at < whole.length; at += whole.length / 20) {
            byte[] damaged = whole.clone();
            damaged[at] ^= 1;
            Files.write(cacheFile(), damaged);
            run();
            assertThat(read).as("byte %d is another", at).hasSize(4);
            assertThat(Files.readAllBytes(cacheFile())).isEqualTo(whole);
        }
        for (int length = 0; length < whole.length; length += whole.length / 20) {
            Files.write(cacheFile(), java.util.Arrays.copyOf(whole, length));
            run();
            assertThat(read).as("%d bytes are left", length).hasSize(4);
        }
    }

    @Test
    void aCacheThatCannotBeWrittenIsDoneWithout() throws IOException {
        tree();
        Files.writeString(folder.resolve("cache"), "no folder");
        assertThat(run().published()).isTrue();
        run();
        assertThat(read).hasSize(4);
    }

    @Test
    void aDryRunWritesNoCache() {
        tree();
        run(
                SETTINGS.run(true, false, null),
                new WordEmbedder(),
                new SurveyCache(cacheFile(), () -> Optional.of("1")));
        assertThat(cacheFile()).doesNotExist();
    }

    @Test
    void nothingIsKeptByAProgramThatCannotTellItsVersion() {
        tree();
        run(SETTINGS, new WordEmbedder(), new SurveyCache(cacheFile(), Optional::empty));
        assertThat(cacheFile()).doesNotExist();
    }
}
