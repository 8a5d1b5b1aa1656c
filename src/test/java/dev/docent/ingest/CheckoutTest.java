package dev.docent.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.docent.ingest.Checkout.Commit;
import dev.docent.ingest.Checkout.UnknownCommitException;
import dev.docent.site.Tree;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckoutTest {
    private static final Instant FIRST = Instant.parse("2026-03-01T12:00:00Z");

    @TempDir Path folder;
    private Path repository;
    private GitFolder git;
    private String first = "";

    @BeforeEach
    void commit() {
        repository = folder.resolve("über");
        new Tree(repository).with("site/docs/a.md", "A.\n").with(".gitignore", "built\n");
        git = GitFolder.init(repository);
        first = git.commit("2026-03-01");
    }

    private static Commit commit(Path folder) throws UnknownCommitException {
        return Checkout.around(folder).orElseThrow().commit().orElseThrow();
    }

    @Test
    void knowsTheCommitOfARepositoryAndOfFoldersAndFilesInIt() throws Exception {
        Commit expected = new Commit(first, FIRST);
        assertThat(commit(repository)).isEqualTo(expected);
        assertThat(commit(repository.resolve("site/docs"))).isEqualTo(expected);
        assertThat(commit(repository.resolve("site/docs/a.md"))).isEqualTo(expected);
        git.run("gc", "-q");
        git.run("checkout", "-q", "--detach");
        assertThat(commit(repository)).isEqualTo(expected);
    }

    @Test
    void knowsTheCommitOfAWorktreeASubmoduleAndAShallowClone() throws Exception {
        git.run("worktree", "add", "-q", "-b", "other", "../worktree");
        new Tree(folder).with("worktree/b.md", "B.\n");
        String second = new GitFolder(folder.resolve("worktree")).commit("2026-03-03");
        assertThat(commit(folder.resolve("worktree")).id()).isEqualTo(second);
        assertThat(commit(repository).id()).isEqualTo(first);

        Path outer = folder.resolve("outer");
        new Tree(outer).with("x.md", "X.\n");
        GitFolder around = GitFolder.init(outer);
        around.run("submodule", "--quiet", "add", repository.toString(), "sub");
        String outermost = around.commit("2026-03-04");
        assertThat(commit(outer.resolve("sub/site")).id()).isEqualTo(first);
        assertThat(commit(outer).id()).isEqualTo(outermost);

        String last = git.run("merge", "-q", "other");
        assertThat(last).isEmpty();
        git.run("clone", "-q", "--depth=1", repository.toUri().toString(), "../shallow");
        Checkout shallow = Checkout.around(folder.resolve("shallow")).orElseThrow();
        assertThat(commit(folder.resolve("shallow")).id()).isEqualTo(second);
        assertThat(shallow.since(first)).isEmpty();
        assertThat(Checkout.around(repository).orElseThrow().since(first)).contains(1);
    }

    @Test
    void isNoneWhereTheFolderIsNotInTheCommit() throws Exception {
        new Tree(repository).with("built/docs/a.md", "A.\n");
        assertThat(Checkout.around(repository.resolve("built/docs")).orElseThrow().commit())
                .isEmpty();
        assertThat(Checkout.around(folder)).isEmpty();
    }

    @Test
    void saysWhyGitCannotTell() {
        Path fresh = folder.resolve("fresh");
        new Tree(fresh).with("a.md", "A.\n");
        GitFolder.init(fresh);
        assertThatThrownBy(() -> commit(fresh))
                .isInstanceOf(UnknownCommitException.class)
                .hasMessageStartingWith("git says: fatal: ");
        new Tree(folder).with("lost/.git", "gitdir: /no/such/folder\n");
        assertThatThrownBy(() -> commit(folder.resolve("lost")))
                .hasMessage("git says: fatal: not a git repository: /no/such/folder");
    }

    @Test
    void runsNothingThatARepositoryConfigures() throws Exception {
        Path ran = folder.resolve("ran");
        String harm = "!touch '" + ran + "'; false";
        for (String key : new String[] {"core.fsmonitor", "core.pager", "alias.rev-list"}) {
            git.run("config", key, harm);
        }
        git.run("config", "log.showSignature", "true");
        git.run("config", "gpg.program", "touch");
        assertThat(commit(repository).id()).isEqualTo(first);
        assertThat(ran).doesNotExist();
    }

    @Test
    void aDamagedNoteIsNone() {
        assertThat(Provenance.parse("{")).isEmpty();
        assertThat(Provenance.parse("null")).isEmpty();
        assertThat(Provenance.parse("[]")).isEmpty();
        assertThat(Provenance.parse("{\"commit\":\"a\",\"ingested_at\":\"2026-03-01T12:00:00Z\"}"))
                .isEmpty();
        assertThat(Provenance.of(Map.of())).isEmpty();
        assertThat(
                        Provenance.of(
                                Map.of(
                                        "commit", "--all",
                                        "committed_at", "2026-03-01T12:00:00Z",
                                        "ingested_at", "2026-03-01T12:00:00Z")))
                .isEmpty();
        Provenance bare = new Provenance(null, FIRST);
        assertThat(Provenance.parse(bare.json())).contains(bare);
        assertThat(bare.words(FIRST.plusSeconds(3 * 86_400)))
                .isEqualTo("of no known commit, ingested on 2026-03-01, 3 days ago");
    }
}
