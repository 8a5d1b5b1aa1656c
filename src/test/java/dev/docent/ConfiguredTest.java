package dev.docent;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.docent.config.Environment;
import dev.docent.config.QdrantProtocol;
import dev.docent.logging.LogSettings;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ConfiguredTest {
    private static final String FOOTER =
            "\nNothing was started. After a change Hugging Face restarts the Space by itself;"
                    + " try it on your own machine with: docent check\n";

    @TempDir Path directory;

    static List<ReportTable.Row> rows() throws IOException {
        try (InputStream in = ConfiguredTest.class.getResourceAsStream("reports.txt")) {
            return ReportTable.read(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    @ParameterizedTest
    @MethodSource("rows")
    void reportsEveryMistakeInItsOwnWords(ReportTable.Row row) {
        String expected =
                row.report() + (row.report().startsWith("docent cannot start") ? FOOTER : "");

        assertThat(row.actual()).isEqualTo(expected);
    }

    @ParameterizedTest
    @MethodSource("rows")
    void showsNoEightCharactersOfAKey(ReportTable.Row row) {
        String shown = row.configured() + row.actual();

        for (String key : ReportTable.madeUp().values()) {
            for (int i = 0; i + 8 <= Math.min(key.length(), 64); i++) {
                assertThat(shown).doesNotContain(key.substring(i, i + 8));
            }
        }
    }

    @Test
    void theTableIsLong() throws IOException {
        assertThat(rows()).hasSizeGreaterThanOrEqualTo(80);
    }

    @Test
    void givesCleanedValuesToTheSettings() {
        Settings settings =
                load(
                        Map.of(
                                "GEMINI_API_KEY", " \"abcdefghijk\"\n",
                                "QDRANT_URL", "HTTPS://ABC.cloud.qdrant.io:6333/",
                                "QDRANT_API_KEY", "export QDRANT_API_KEY=lmnopqrst",
                                "DATABASE_URL", "psql 'postgres://u:p%40+@localhost/docs'",
                                "ALLOWED_ORIGINS", "[\"https://A.example.dev/\"]",
                                "SPACE_HOST", "me-book.hf.space",
                                "GEMINI_MODEL", "models/gemini-3.6-flash",
                                "LOG_LEVEL", "warning"));

        assertThat(requireNonNull(settings.gemini().key()).reveal()).isEqualTo("abcdefghijk");
        assertThat(settings.gemini().model()).isEqualTo("gemini-3.6-flash");
        assertThat(requireNonNull(settings.qdrant().url()).host()).isEqualTo("abc.cloud.qdrant.io");
        assertThat(QdrantProtocol.AUTO.port(requireNonNull(settings.qdrant().url())))
                .isEqualTo(6334);
        assertThat(requireNonNull(settings.qdrant().apiKey()).reveal()).isEqualTo("lmnopqrst");
        assertThat(requireNonNull(settings.database().url()).secret().reveal()).isEqualTo("p@+");
        assertThat(settings.origins().allows("https://a.example.dev")).isTrue();
        assertThat(settings.origins().allows("https://me-book.hf.space")).isTrue();
        assertThat(settings.origins().allows("https://b.example.dev")).isFalse();
        assertThat(settings.log().level()).isEqualTo(LogSettings.Level.WARN);
    }

    @Test
    void readsTheOwnersFileBelowTheEnvironment() throws IOException {
        write(
                "config/application.yaml",
                """
                mode: demo
                server:
                  port: 8080
                  hartbeat: 5s
                log: { level: debug, format: "${DOCENT_LOG_FORMAT:json}" }
                health:
                  interval: soon
                """);

        Configured configured =
                Configured.load(
                        Environment.of(Map.of("PORT", "9090", "LOG_LEVEL", "")),
                        directory,
                        ReportTable.CLOCK);

        assertThat(configured.settings().mode()).isEqualTo(Settings.Mode.DEMO);
        assertThat(configured.settings().server().port()).isEqualTo(9090);
        assertThat(configured.settings().log())
                .isEqualTo(new LogSettings(LogSettings.Level.DEBUG, LogSettings.Format.JSON));
        assertThat(configured.report().problems())
                .extracting(problem -> problem.headline() + " " + problem.remedy())
                .containsExactly(
                        "server.hartbeat in "
                                + directory.resolve("config/application.yaml")
                                + " is not a setting. Did you mean server.heartbeat?",
                        "health.interval: \"soon\" is not a duration from 1s to 1h. Write a number"
                                + " and its unit (ms, s, m, h, d); the default is 30s");
    }

    @Test
    void saysThatTheOwnersFileIsNoYaml() throws IOException {
        for (String text : List.of("mode: [demo", "just words", "- a\n- b", "mode: demo\n\tx: 1")) {
            write("config/application.yaml", text);

            assertThat(load(Map.of("DOCENT_MODE", "demo")).mode()).isEqualTo(Settings.Mode.DEMO);
            assertThat(report(Map.of("DOCENT_MODE", "demo")))
                    .contains("application.yaml is not YAML that can be read");
        }
    }

    @Test
    void saysWhichSettingAKeyWasProbablyMeantToBe() throws IOException {
        write(
                "config/application.yaml",
                """
                port: 8080
                DOCENT_MODE: demo
                server: { maxReaders: 5 }
                chat: { history: 5 }
                mode: demo
                mode: demo
                """);

        String file = " in " + directory.resolve("config/application.yaml");
        assertThat(
                        Configured.load(Environment.of(Map.of()), directory, ReportTable.CLOCK)
                                .report()
                                .problems())
                .extracting(problem -> problem.headline() + " " + problem.remedy())
                .containsExactly(
                        "mode stands twice"
                                + file
                                + ". Keep one; what belongs together stands under one key,"
                                + " indented.",
                        "DOCENT_MODE" + file + " is not a setting. Did you mean mode?",
                        "chat.history"
                                + file
                                + " is not a setting. Did you mean chat.history-pairs?",
                        "port" + file + " is not a setting. Did you mean server.port?",
                        "server.maxReaders"
                                + file
                                + " is not a setting. Did you mean server.max-readers?");
    }

    @Test
    void saysThatAKeyStandsTwiceWhateverIsLogged() throws IOException {
        write("config/application.yaml", "mode: demo\nmode: demo\n");
        Logger root = Logger.getLogger("");
        Level before = root.getLevel();
        root.setLevel(Level.OFF);
        try {
            assertThat(report(Map.of())).contains("mode stands twice in ");
        } finally {
            root.setLevel(before);
        }
    }

    @Test
    void saysThatADotEnvFileIsUtf16() throws IOException {
        Files.write(
                directory.resolve(".env"), "\uFEFFPORT=1\r\n".getBytes(StandardCharsets.UTF_16LE));

        assertThat(report(Map.of("DOCENT_MODE", "demo")))
                .contains(
                        "1. .env is not UTF-8 text, perhaps UTF-16 as Windows PowerShell writes it.");
    }

    @Test
    void readsADotEnvFileBelowTheEnvironment() throws IOException {
        write(
                ".env",
                """
                # a comment
                export DOCENT_MODE="demo"   # quoted
                PORT=8080 # after it
                LOG_LEVEL='debug'
                """);

        Settings settings = load(Map.of("PORT", "9090"));

        assertThat(settings.mode()).isEqualTo(Settings.Mode.DEMO);
        assertThat(settings.server().port()).isEqualTo(9090);
        assertThat(settings.log().level()).isEqualTo(LogSettings.Level.DEBUG);
    }

    @Test
    void readsNoDotEnvFileInCiOrWhereItIsSwitchedOff() throws IOException {
        write(".env", "PORT=8080\n");

        assertThat(load(Map.of("CI", "true")).server().port()).isEqualTo(7860);
        assertThat(load(Map.of("DOCENT_ENV_FILE", "")).server().port()).isEqualTo(7860);
        assertThat(load(Map.of("CI", "true", "DOCENT_ENV_FILE", ".env")).server().port())
                .isEqualTo(8080);
    }

    @Test
    void namesTheLineOfADotEnvFileThatCannotBeReadAndNothingOfIt() throws IOException {
        write(".env", "DOCENT_MODE=demo\nsecretsecretsecret\n");

        assertThat(report(Map.of()))
                .contains(".env, line 2 is not NAME=value.")
                .doesNotContain("secretsecret");
    }

    @Test
    void tellsOfAVariableThatStandsTwiceInADotEnvFileWithDifferentValues() throws IOException {
        write(".env", "DOCENT_MODE=demo\nPORT=8080\nPORT=8081\nLOG_LEVEL=INFO\nLOG_LEVEL=INFO\n");

        assertThat(report(Map.of()))
                .contains("1 warning, which does not keep it from starting")
                .contains(".env has PORT twice, in lines 2 and 3, and the last one is taken.")
                .contains("Keep one. (DOCENT-007)");
        assertThat(load(Map.of()).server().port()).isEqualTo(8081);
    }

    @Test
    void tellsWhyADotEnvFileIsNotRead() throws IOException {
        Files.createDirectory(directory.resolve(".env"));
        assertThat(report(Map.of("DOCENT_MODE", "demo")))
                .contains("1 warning, which does not keep it from starting")
                .contains(".env is no file, so none is read.")
                .contains("(DOCENT-005)");
        Files.delete(directory.resolve(".env"));
        write(".env", "#".repeat(300_000));
        assertThat(report(Map.of("DOCENT_MODE", "demo"))).contains("1. .env cannot be read.");
    }

    @Test
    void takesNothingInACopyOfThePackagedFileForSetByTheOwner() throws IOException {
        write("config/application.yaml", Files.readString(Path.of("config", "application.yaml")));

        assertThat(report(Map.of("DOCENT_MODE", "demo")))
                .isEqualTo("The configuration is complete.\n");
    }

    @Test
    void saysThatANamedFileIsMissing() {
        assertThat(report(Map.of("DOCENT_ENV_FILE", "nowhere.env", "DOCENT_MODE", "demo")))
                .contains("DOCENT_ENV_FILE names a file that cannot be read.");
        assertThat(report(Map.of("DOCENT_CONFIG", "nowhere.yaml", "DOCENT_MODE", "demo")))
                .contains("DOCENT_CONFIG names a file that cannot be read.");
    }

    private Settings load(Map<String, String> variables) {
        return Configured.load(Environment.of(variables), directory, ReportTable.CLOCK).settings();
    }

    private String report(Map<String, String> variables) {
        return Configured.load(Environment.of(variables), directory, ReportTable.CLOCK)
                .report()
                .text();
    }

    private void write(String name, String text) throws IOException {
        Path file = directory.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    @Test
    void saysOfEachSettingWhereItComesFrom() throws IOException {
        Files.writeString(
                directory.resolve(".env"), "GEMINI_MODEL=' gemini-3.8-flash'\nPORT=8080\n");
        Files.createDirectories(directory.resolve("config"));
        Files.writeString(
                directory.resolve("config/application.yaml"), "chat:\n  history-pairs: 5\n");
        Map<String, String> variables =
                Map.of(
                        "DOCENT_MODE", "demo",
                        "DOCENT_MODEL", "gemini",
                        "GEMINI_API_KEY", "AQ.Zq81mKx0Lw5Rv7Tn3Bd9Fs4H",
                        "DOCENT_SITE_URL", "hf_abcdefghijklmnop",
                        "SPACE_HOST", "me-rag.hf.space",
                        "PORT", "7861");

        List<String> lines =
                Configured.load(Environment.of(variables), directory, Clock.systemUTC())
                        .inEffect()
                        .stream()
                        .filter(SettingInEffect::set)
                        .map(SettingInEffect::line)
                        .toList();

        assertThat(lines)
                .containsExactlyInAnyOrder(
                        "DOCENT_MODE = demo (environment)",
                        "DOCENT_MODEL = gemini (environment)",
                        "GEMINI_API_KEY = ***** (environment)",
                        "DOCENT_SITE_URL = ***** (environment)",
                        "SPACE_HOST = me-rag.hf.space (Space)",
                        "PORT = 7861 (environment)",
                        "GEMINI_MODEL = gemini-3.8-flash (.env, read without blanks or line ends"
                                + " around it)",
                        "DOCENT_CHAT_HISTORY_PAIRS = 5 (config/application.yaml)");
    }

    @Test
    void findsTheCommitOfARepository() throws IOException {
        String id = "0123456789abcdef0123456789abcdef01234567";
        Path git = directory.resolve(".git");
        Files.createDirectories(git.resolve("refs/heads"));
        assertThat(Build.commit(git)).isEmpty();
        Files.writeString(git.resolve("HEAD"), "ref: refs/heads/main\n");
        assertThat(Build.commit(git)).isEmpty();
        Files.writeString(git.resolve("packed-refs"), "# pack-refs\n" + id + " refs/heads/main\n");
        assertThat(Build.commit(git)).contains(id);
        Files.delete(git.resolve("packed-refs"));
        Files.writeString(git.resolve("refs/heads/main"), id + "\n");
        assertThat(Build.commit(git)).contains(id);
        Files.writeString(git.resolve("HEAD"), id + "\n");
        assertThat(Build.commit(git)).contains(id);
        Path tree = Files.createDirectories(git.resolve("worktrees/other"));
        Files.writeString(tree.resolve("HEAD"), "ref: refs/heads/main\n");
        Files.writeString(tree.resolve("commondir"), "../..\n");
        Path file = Files.writeString(directory.resolve("git-file"), "gitdir: " + tree + "\n");
        assertThat(Build.commit(file)).contains(id);
    }
}
