package dev.docent.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.slf4j.LoggerFactory;

/** The project's own documentation, packed with the program, which demo mode opens by default. */
public final class Manual {
    private Manual() {}

    /** The folder of the pages; in a file system of its own if they are in a jar. */
    public static Path folder() {
        URL url = Objects.requireNonNull(Manual.class.getResource("/dev/docent/manual/README.md"));
        try {
            URI page = url.toURI();
            if (page.getScheme().equals("jar")) {
                open(page);
            }
            return Objects.requireNonNull(Path.of(page).getParent());
        } catch (URISyntaxException e) {
            throw new IllegalStateException("a resource's address is a URI", e);
        }
    }

    /**
     * Copies a prepared index of the pages if there is no index yet. If that fails, this start
     * computes the index, and nothing else happens.
     */
    public static void copyIndex(Path prepared, Path index) {
        if (!Files.isDirectory(prepared) || Files.exists(index)) {
            return;
        }
        try {
            Files.createDirectories(Objects.requireNonNull(index.getParent()));
            Path half = Files.createTempDirectory(index.getParent(), "copied");
            try (Stream<Path> files = Files.list(prepared)) {
                for (Path file : files.toList()) {
                    Files.copy(file, half.resolve(prepared.relativize(file)));
                }
                // Atomically, because half an index is useless.
                Files.move(half, index, StandardCopyOption.ATOMIC_MOVE);
            } finally {
                discard(half);
            }
        } catch (IOException e) {
            LoggerFactory.getLogger("docs").debug("{} is not copied", prepared, e);
        }
    }

    /** Deletes an incomplete copy; an index has no subfolders. */
    private static void discard(Path half) throws IOException {
        if (Files.exists(half)) {
            try (Stream<Path> files = Files.list(half)) {
                for (Path file : files.toList()) {
                    Files.delete(file);
                }
            }
            Files.delete(half);
        }
    }

    @SuppressWarnings("resource") // open as long as the process; paths in it are handed out
    private static void open(URI page) {
        try {
            FileSystems.getFileSystem(page);
        } catch (FileSystemNotFoundException notYet) {
            try {
                FileSystem opened = FileSystems.newFileSystem(page, Map.of());
                assert opened.isOpen();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
