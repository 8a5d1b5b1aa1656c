package dev.docent.ingest;

import dev.docent.waiting.Interrupts;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A folder in a checkout of Git, of which the machine's own {@code git} is asked: it knows
 * worktrees, submodules, packed objects and every format to come, and is there where checkouts are
 * made. Only plumbing commands are used, which run nothing that the repository configures.
 * Immutable and thread-safe.
 */
public final class Checkout {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private final Path folder;

    private Checkout(Path folder) {
        this.folder = folder;
    }

    /** What is checked out: the full id of the commit, and when it was committed. */
    public record Commit(String id, Instant at) {}

    /** Git cannot tell, or is not there; the message ends a sentence. */
    public static final class UnknownCommitException extends Exception {
        private static final long serialVersionUID = 1L;

        UnknownCommitException(String why) {
            super(why);
        }

        public String why() {
            return String.valueOf(getMessage());
        }
    }

    /** The checkout that a folder is in; empty if it is in none. */
    public static Optional<Checkout> around(Path folder) {
        Path inside = folder.toAbsolutePath().normalize();
        for (Path at = inside; at != null; at = at.getParent()) {
            // In a worktree or submodule it is a file.
            if (Files.exists(at.resolve(".git"))) {
                Path parent = inside.getParent();
                return Optional.of(
                        new Checkout(
                                parent != null && Files.isRegularFile(inside) ? parent : inside));
            }
        }
        return Optional.empty();
    }

    /**
     * What is checked out; empty where the commit does not hold the folder, as for what was built
     * or copied into a checkout. Changes that are not committed are not seen.
     */
    public Optional<Commit> commit() throws UnknownCommitException {
        // The last line is the commit's, below a header that only newer versions can leave out.
        String[] lines =
                git("rev-list", "--max-count=1", "--format=%H %ct", "HEAD", "--").split("\n", -1);
        String[] commit = lines[lines.length - 1].split(" ", -1);
        return git("ls-tree", "HEAD", "./").isEmpty()
                ? Optional.empty()
                : Optional.of(
                        new Commit(commit[0], Instant.ofEpochSecond(Long.parseLong(commit[1]))));
    }

    /**
     * How many commits were made since another one; empty where the checkout does not know that
     * one, as a shallow one of a CI does not.
     */
    public Optional<Integer> since(String commit) {
        try {
            return Optional.of(
                    Integer.parseInt(git("rev-list", "--count", commit + "..HEAD", "--")));
        } catch (UnknownCommitException e) {
            return Optional.empty();
        }
    }

    private String git(String... arguments) throws UnknownCommitException {
        List<String> command = new ArrayList<>(List.of("git", "-C", folder.toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        // Set in hooks of Git, perhaps those of another repository.
        builder.environment()
                .keySet()
                .removeAll(List.of("GIT_DIR", "GIT_WORK_TREE", "GIT_COMMON_DIR"));
        builder.environment().put("GIT_NO_LAZY_FETCH", "1");
        builder.environment().put("LC_ALL", "C");
        try {
            Path out = Files.createTempFile("docent", ".git");
            try {
                Process process = builder.redirectOutput(out.toFile()).start();
                process.getOutputStream().close();
                if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                    process.destroyForcibly();
                    throw new UnknownCommitException(
                            "git did not answer within " + LIMIT.toSeconds() + " s");
                }
                String said = new String(Files.readAllBytes(out), StandardCharsets.UTF_8).strip();
                if (process.exitValue() != 0) {
                    throw new UnknownCommitException(
                            "git says: " + said.lines().findFirst().orElse("nothing"));
                }
                return said;
            } finally {
                Files.delete(out);
            }
        } catch (IOException e) {
            throw new UnknownCommitException("there is no command git");
        } catch (InterruptedException e) {
            throw Interrupts.cancelled("git was interrupted", e);
        }
    }
}
