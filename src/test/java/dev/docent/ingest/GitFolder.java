package dev.docent.ingest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A folder in which the tests run the real git. */
public record GitFolder(Path folder) {
    /** A new repository, without a commit. */
    public static GitFolder init(Path folder) {
        GitFolder git = new GitFolder(folder);
        git.run("init", "-q", "-b", "main");
        return git;
    }

    /** Commits all files as of a day, and returns the commit's id. */
    public String commit(String day) {
        run("add", "-A");
        git(Map.of("GIT_COMMITTER_DATE", day + "T12:00:00Z"), "commit", "-qm", day);
        return run("rev-parse", "HEAD");
    }

    /** Runs git, and returns what it said. */
    public String run(String... arguments) {
        return git(Map.of(), arguments);
    }

    private String git(Map<String, String> environment, String... arguments) {
        List<String> command =
                new ArrayList<>(
                        List.of(
                                "git",
                                "-c",
                                "user.name=T",
                                "-c",
                                "user.email=t@t.example",
                                "-c",
                                "protocol.file.allow=always"));
        command.addAll(List.of(arguments));
        try {
            ProcessBuilder builder =
                    new ProcessBuilder(command)
                            .directory(folder.toFile())
                            .redirectErrorStream(true);
            builder.environment().putAll(environment);
            Process process = builder.start();
            String said =
                    new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.onExit().join().exitValue() != 0) {
                throw new AssertionError(command + ": " + said);
            }
            return said.strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
