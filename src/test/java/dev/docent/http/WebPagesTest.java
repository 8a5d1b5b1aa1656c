package dev.docent.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class WebPagesTest {
    @Test
    void itsVersionCountsEveryFile() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("src/main/resources" + WebPages.FOLDER))) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrderElementsOf(WebPages.FILES);
        }
    }

    @Test
    void leavesOutWhatOnlyReadersOfTheSourceNeed() {
        String source =
                """
                /**
                 * A comment
                 * of lines.
                 */
                const a = '/* none */'; // stays

                  // goes
                  const b = `//x/*`;
                """;
        assertThat(WebPages.compact(source))
                .isEqualTo("const a = '/* none */'; // stays\nconst b = `//x/*`;\n");
    }
}
