package dev.docent.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.docent.DemoService;
import dev.docent.Outside;
import dev.docent.ReportTable;
import dev.docent.cli.CheckReport.Finding;
import dev.docent.cli.CheckReport.Status;
import dev.docent.config.ConfigurationReport;
import dev.docent.gemini.GoogleReplies;
import dev.docent.gemini.Reply;
import dev.docent.ingest.GitFolder;
import dev.docent.qdrant.FakeQdrant;
import dev.docent.site.Tree;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code docent check} finds out about dependencies. */
class CheckCommandTest {
    @TempDir private Path data;
    private final Outside outside = new Outside();

    @AfterEach
    void stop() {
        outside.close();
    }

    @Test
    void saysOfEachDependencyWhatItFound() throws InterruptedException {
        outside.fill(data);

        List<Finding> findings = check(Map.of());

        assertThat(findings).extracting(Finding::status).containsOnly(Status.OK);
        assertThat(findings)
                .extracting(Finding::name)
                .containsExactly("qdrant", "postgres", "gemini", "site", "origins");
        assertThat(findings.get(0).found())
                .matches(
                        "connected: collection docusaurus-book, vectors \\d+, refusals none, so words"
                                + " alone decide what is refused, dimension 768, key does not say what it allows\\.");
        assertThat(findings.get(1).found())
                .matches(
                        "connected: version PostgreSQL 18\\.\\d+, TLS no, may create tables yes,"
                                + " tables not yet there\\.");
        assertThat(findings.get(2).found())
                .isEqualTo("ok: model gemini-3.8-flash, embedding_model gemini-embedding-001.");
        assertThat(findings.get(3).found())
                .matches(
                        "the index is of (no known commit|commit [0-9a-f]{10} of [0-9-]{10}),"
                                + " ingested on [0-9-]{10}, 0 hours ago\\.");
        assertThat(findings.get(4).found()).isEqualTo("allowed: " + DemoService.ORIGIN + ".");
    }

    @Test
    void saysByHowMuchTheSiteIsNewerThanItsIndex() throws InterruptedException {
        Path site = data.resolve("a site");
        Tree tree = new Tree(site).with("docs/a.md", "# A\n\nText.\n");
        GitFolder git = GitFolder.init(site);
        String indexed = git.commit("2026-03-01");
        outside.fill(data, site);
        assertThat(age(site))
                .matches(
                        "OK the index is of commit %.10s of 2026-03-01, ingested on [0-9-]{10}, 0 hours ago\\. "
                                .formatted(indexed));

        tree.with("docs/b.md", "# B\n\nMore.\n");
        git.commit("2026-03-04");
        tree.with("docs/b.md", "# B\n\nMost.\n");
        String now = git.commit("2026-03-09");
        assertThat(age(site))
                .startsWith("WARN the index is of commit " + indexed.substring(0, 10))
                .endsWith(
                        "; %s has moved on 2 commits, 8 days, to commit %.10s of 2026-03-09. Bring the index up to date: docent ingest %s"
                                .formatted(site, now, site));

        git.run("clone", "-q", "--depth=1", site.toUri().toString(), "../shallow");
        assertThat(age(data.resolve("shallow")))
                .contains("shallow has moved on 8 days, to commit %.10s".formatted(now));
        outside.fill(data, site);
        assertThat(age(site)).startsWith("OK ");
        git.run("checkout", "-q", indexed);
        assertThat(age(site))
                .startsWith("WARN ")
                .contains("; %s is at commit %.10s of 2026-03-01.".formatted(site, indexed));
        assertThat(age(data)).startsWith("OK ");
    }

    private String age(Path site) throws InterruptedException {
        return Check.run(outside.settings(data, Map.of()), site).stream()
                .filter(finding -> finding.name().equals("site"))
                .map(f -> f.status() + " " + f.found() + " " + f.action())
                .findFirst()
                .orElseThrow();
    }

    @Test
    void changesNothing() throws InterruptedException {
        check(Map.of());

        assertThat(outside.qdrant.collections()).isEmpty();
        assertThat(
                        outside.postgres.list(
                                "select table_name from information_schema.tables where"
                                        + " table_schema = current_schema()"))
                .isEmpty();
    }

    @Test
    void saysOfEachFailureWhatToDo() throws InterruptedException {
        outside.gemini.description(Reply.status(400, GoogleReplies.invalidKey()));
        outside.toPostgres.refuse();

        List<Finding> findings = check(Map.of());

        assertThat(findings.subList(0, 3)).extracting(Finding::status).containsOnly(Status.FAILED);
        assertThat(findings.get(0).found())
                .endsWith("has no collection \"docusaurus-book\". It has none at all.");
        assertThat(findings.get(0).action()).contains("QDRANT_COLLECTION");
        assertThat(findings.get(1).found()).contains("cannot be reached");
        assertThat(findings.get(2).action()).contains("GEMINI_API_KEY");
    }

    @Test
    void namesTheCollectionsThatThereAre() throws InterruptedException {
        outside.fill(data);
        outside.qdrant.createOld("another-book", 4);

        assertThat(check(Map.of("QDRANT_COLLECTION", "docusarus-book")).getFirst().found())
                .endsWith(
                        "has no collection \"docusarus-book\". It has another-book,"
                                + " docusaurus-book.");
    }

    @Test
    void tellsWhatToChangeFromWhatToWaitFor() throws InterruptedException {
        outside.fill(data);
        outside.toPostgres.refuse();
        CheckReport outage =
                new CheckReport(
                        new ConfigurationReport(List.of(), List.of()), check(Map.of()), List.of());
        assertThat(outage.exitCode()).isEqualTo(75);
        assertThat(outage.json()).contains("\"passing\":true");
        assertThat(outage.findings().get(1).action())
                .isEqualTo("Look whether the server runs and the port is right.");

        outside.gemini.description(Reply.status(400, GoogleReplies.invalidKey()));
        CheckReport both =
                new CheckReport(
                        new ConfigurationReport(List.of(), List.of()), check(Map.of()), List.of());
        assertThat(both.exitCode()).isEqualTo(78);
    }

    @Test
    void triesAgainWhatMayWorkAtTheNextTry() throws InterruptedException {
        outside.fill(data);
        outside.gemini.next(
                Reply.status(503, GoogleReplies.overloaded()),
                Reply.status(503, GoogleReplies.overloaded()),
                Reply.status(503, GoogleReplies.overloaded()));

        assertThat(check(Map.of())).extracting(Finding::status).containsOnly(Status.OK);
    }

    @Test
    void seesACollectionOfAnotherDimension() throws InterruptedException {
        outside.qdrant.createOld("docusaurus-book", 384);

        Finding qdrant = check(Map.of()).getFirst();

        assertThat(qdrant.status()).isEqualTo(Status.FAILED);
        assertThat(qdrant.found()).contains("384").contains("768");
    }

    @Test
    void saysThatAKeyIsReadOnly() throws InterruptedException {
        String readOnly = ReportTable.expand("{jwt:2099-01-01}");
        try (FakeQdrant qdrant = FakeQdrant.start(readOnly)) {
            qdrant.createOld("docusaurus-book", 768);

            Finding found =
                    check(
                                    Map.of(
                                            "QDRANT_URL",
                                            "http://127.0.0.1:" + qdrant.grpcPort(),
                                            "QDRANT_API_KEY",
                                            readOnly))
                            .getFirst();

            assertThat(found.status()).isEqualTo(Status.WARN);
            assertThat(found.found())
                    .isEqualTo(
                            "connected: collection docusaurus-book, vectors 0, refusals none, so"
                                    + " words alone decide what is refused, dimension 768, key is read-only, which is enough to serve but not for"
                                    + " docent ingest.");
            assertThat(found.action())
                    .isEqualTo("The collection is empty; fill it: docent ingest DIR");
        }
    }

    @Test
    void looksOnlyAtTheFolderOfWhatLivesInIt() throws InterruptedException {
        List<Finding> findings =
                check(Map.of("DOCENT_MODE", "demo", "DOCENT_DATA", data.resolve("new").toString()));

        assertThat(findings).extracting(Finding::status).containsOnly(Status.OK);
        assertThat(findings)
                .extracting(Finding::name)
                .containsExactly("lucene", "h2", "embeddings", "quoting", "origins");
        assertThat(findings.get(3).found()).isEqualTo("ok.");
        assertThat(data.resolve("new")).doesNotExist();
    }

    @Test
    void saysThatTheFoldersOfADemoAreNotThere() throws InterruptedException {
        List<Finding> findings =
                check(
                        Map.of(
                                "DOCENT_MODE", "demo",
                                "DOCENT_DATA", "/dev/null/docent",
                                "DOCENT_DOCS", "/no/such/folder"));

        assertThat(findings)
                .filteredOn(finding -> finding.status() == Status.FAILED)
                .extracting(finding -> finding.found() + " " + finding.action())
                .containsExactly(
                        "The data folder is /dev/null/docent, and nothing can be written into"
                                + " /dev/null. Set DOCENT_DATA to a folder that this user may"
                                + " write.",
                        "The data folder is /dev/null/docent, and nothing can be written into"
                                + " /dev/null. Set DOCENT_DATA to a folder that this user may"
                                + " write.",
                        "There is no folder /no/such/folder that can be read. Set DOCENT_DOCS to a"
                                + " folder of Markdown files.");
    }

    private List<Finding> check(Map<String, String> changed) throws InterruptedException {
        return Check.run(outside.settings(data, changed));
    }
}
