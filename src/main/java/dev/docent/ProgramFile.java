package dev.docent;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import org.slf4j.LoggerFactory;

/** The jar that this program runs from. */
final class ProgramFile {
    private ProgramFile() {}

    /**
     * A digest that identifies this build. The jar's manifest names the libraries with their
     * versions, so they are covered, too; Docent's own version would not do, because several builds
     * share it. Empty if the program does not run from a jar but from classes, which may change.
     */
    static Optional<String> digest() {
        CodeSource source = ProgramFile.class.getProtectionDomain().getCodeSource();
        if (source == null) {
            return Optional.empty();
        }
        try {
            Path jar = Path.of(source.getLocation().toURI());
            if (!Files.isRegularFile(jar)) {
                return Optional.empty();
            }
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(jar));
            return Optional.of(HexFormat.of().formatHex(digest));
        } catch (IOException | URISyntaxException e) {
            LoggerFactory.getLogger("docs").debug("the program's own file cannot be read", e);
            return Optional.empty();
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }
}
