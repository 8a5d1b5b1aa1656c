package dev.docent.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The prepared index of the manual. */
class ManualTest {
    @TempDir private Path folder;

    @Test
    void isCopiedWhole() throws IOException {
        Path prepared = prepared();
        Path index = folder.resolve("data/index/manual");
        Manual.copyIndex(prepared, index);
        assertThat(index.resolve("segments")).hasContent("all of it");
        assertThat(index.getParent())
                .satisfies(parent -> assertThat(parent.toFile().list()).containsExactly("manual"));
    }

    @Test
    void leavesNothingWhereItCannotBeCopied() throws IOException {
        Path prepared = prepared();
        Files.createSymbolicLink(prepared.resolve("z"), folder.resolve("is not there"));
        Path index = folder.resolve("data/index/manual");
        Manual.copyIndex(prepared, index);
        assertThat(index.getParent()).isEmptyDirectory();
    }

    private Path prepared() throws IOException {
        Path prepared = Files.createDirectory(folder.resolve("prepared"));
        Files.writeString(prepared.resolve("segments"), "all of it");
        return prepared;
    }
}
