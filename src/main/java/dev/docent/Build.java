package dev.docent;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.Optional;
import org.slf4j.LoggerFactory;

/** Which build of Docent runs. */
public final class Build {
    private static final int SHORT = 8;

    private Build() {}

    /**
     * The version, and the commit of the repository that the program was built in; elsewhere, as in
     * an image, a digest of the program, which is another one after each change.
     */
    public static String name() {
        String version = Build.class.getPackage().getImplementationVersion();
        String which =
                commit().map(id -> ", commit " + id.substring(0, SHORT))
                        .or(() ->
                                ProgramFile.digest().map(id -> ", build " + id.substring(0, SHORT)))
                        .orElse("");
        return (version == null ? "from source" : version) + which;
    }

    private static Optional<String> commit() {
        CodeSource source = Build.class.getProtectionDomain().getCodeSource();
        try {
            // The jar and the classes lie in target, below the repository.
            Path program = source == null ? null : Path.of(source.getLocation().toURI());
            Path target = program == null ? null : program.getParent();
            Path folder = target == null ? null : target.getParent();
            return folder == null ? Optional.empty() : commit(folder.resolve(".git"));
        } catch (IOException | URISyntaxException e) {
            LoggerFactory.getLogger("docent").debug("the commit cannot be read", e);
            return Optional.empty();
        }
    }

    /** The commit that is checked out; empty where there is no repository. */
    static Optional<String> commit(Path git) throws IOException {
        if (Files.isRegularFile(git)) {
            // A further work tree names its folder in the repository.
            String there = Files.readString(git).strip().replaceFirst("^gitdir: ", "");
            return commit(git.resolveSibling(there));
        }
        Path head = git.resolve("HEAD");
        if (!Files.isRegularFile(head)) {
            return Optional.empty();
        }
        Path shared = git.resolve("commondir");
        Path common =
                Files.isRegularFile(shared) ? git.resolve(Files.readString(shared).strip()) : git;
        String said = Files.readString(head).strip();
        if (!said.startsWith("ref: ")) {
            return Optional.of(said).filter(Build::isId);
        }
        String ref = said.substring("ref: ".length());
        Path loose = common.resolve(ref);
        Path packed = common.resolve("packed-refs");
        if (Files.isRegularFile(loose)) {
            return Optional.of(Files.readString(loose).strip()).filter(Build::isId);
        }
        return Files.isRegularFile(packed)
                ? Files.readAllLines(packed).stream()
                        .filter(line -> line.endsWith(" " + ref))
                        .map(line -> line.substring(0, line.indexOf(' ')))
                        .filter(Build::isId)
                        .findFirst()
                : Optional.empty();
    }

    private static boolean isId(String text) {
        return text.matches("[0-9a-f]{40,64}");
    }
}
