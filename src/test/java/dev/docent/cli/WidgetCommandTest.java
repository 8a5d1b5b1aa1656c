package dev.docent.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WidgetCommandTest {
    @TempDir private Path folder;

    @Test
    void writesTheWidgetsOneFileWithTheServicesAddress() throws IOException {
        assertThat(widget("--api", "https://me-bot.hf.space/")).isEqualTo(ExitCode.OK);
        assertThat(Files.readString(folder.resolve("docent.js")))
                .contains("const SERVICE = 'https://me-bot.hf.space/';")
                .doesNotContain("/**");
        assertThat(Files.size(folder.resolve("docent.js"))).isLessThan(12_000);
    }

    @Test
    void refusesAnAddressOrAFolderThatIsNone() {
        assertThat(widget("--api", "me-bot.hf.space")).isEqualTo(ExitCode.USAGE);
        assertThat(widget()).isEqualTo(ExitCode.USAGE);
        assertThat(folder.resolve("docent.js")).doesNotExist();
        assertThat(
                        Main.run(
                                "widget",
                                folder.resolve("none").toString(),
                                "--api",
                                "https://a.example"))
                .isEqualTo(ExitCode.FAILED);
    }

    private int widget(String... more) {
        String[] all = new String[more.length + 2];
        all[0] = "widget";
        all[1] = folder.toString();
        System.arraycopy(more, 0, all, 2, more.length);
        return Main.run(all);
    }
}
