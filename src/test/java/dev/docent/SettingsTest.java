package dev.docent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.docent.config.Environment;
import dev.docent.config.Problem;
import dev.docent.config.Problems;
import dev.docent.config.Reference;
import dev.docent.config.SettingsReader;
import dev.docent.logging.LogSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SettingsTest {
    private final Problems problems = new Problems();

    @Test
    void everyDefaultIsValid() {
        Settings settings = read(Map.of("XDG_CACHE_HOME", "/cache"), Map.of());

        assertThat(problems.problems()).isEmpty();
        assertThat(settings.data()).isEqualTo(Path.of("/cache/docent"));
        assertThat(settings.mode()).isEqualTo(Settings.Mode.LIVE);
        assertThat(settings.parts())
                .isEqualTo(
                        new Settings.Parts(
                                Settings.Model.GEMINI,
                                Settings.Embeddings.GEMINI,
                                Settings.Index.QDRANT,
                                Settings.Conversations.POSTGRES));
        assertThat(settings.server().port()).isEqualTo(7860);
        assertThat(settings.server().bodyLimit()).isEqualTo(65536);
        assertThat(settings.database().limits().lifetime()).isEqualTo(Duration.ofMinutes(4));
    }

    @Test
    void demoModeChoosesThePartsThatNeedNoAccount() {
        Settings settings = read(Map.of("DOCENT_MODE", "demo", "DOCENT_INDEX", "qdrant"), Map.of());

        assertThat(settings.parts())
                .isEqualTo(
                        new Settings.Parts(
                                Settings.Model.QUOTING,
                                Settings.Embeddings.LOCAL,
                                Settings.Index.QDRANT,
                                Settings.Conversations.H2));
    }

    @Test
    void theBudgetOfAFreeSpaceHoldsElsewhereOnlyWhereItIsSet() {
        String questions = "DOCENT_BUDGET_ALL_QUESTIONS_PER_DAY";

        assertThat(read(Map.of(), Map.of()).budget().allQuestionsPerDay()).isZero();
        assertThat(read(Map.of(questions, "7"), Map.of()).budget().allQuestionsPerDay())
                .isEqualTo(7);
        assertThat(
                        read(Map.of("SPACE_HOST", "me-bot.hf.space"), Map.of())
                                .budget()
                                .allQuestionsPerDay())
                .isEqualTo(5000);
    }

    @Test
    void theEnvironmentWinsOverTheFile() {
        Settings settings =
                read(Map.of("PORT", "8080"), Map.of("PORT", "9090", "LOG_LEVEL", "debug"));

        assertThat(settings.server().port()).isEqualTo(8080);
        assertThat(settings.log().level()).isEqualTo(LogSettings.Level.DEBUG);
    }

    @Test
    void reportsEveryBadValueAtOnce() {
        read(
                Map.of(
                        "PORT", "99999",
                        "DOCENT_MODE", "production",
                        "DOCENT_HEALTH_INTERVAL", "30",
                        "DOCENT_SERVER_MAX_REQUEST", "lots",
                        "DOCENT_TRAILING_SLASH", "maybe",
                        "GEMINI_BASE_URL", "localhost:8080",
                        "LOG_LEVEL", "AIzaSyD1234567890abcdefghijkl"),
                Map.of());

        assertThat(problems.problems())
                .extracting(Problem::headline)
                .containsExactlyInAnyOrder(
                        "DOCENT_MODE: \"production\" is not one of live, demo.",
                        "PORT: \"99999\" is not a whole number from 0 to 65535.",
                        "DOCENT_SERVER_MAX_REQUEST: \"lots\" is not a size from 1KiB to 16MiB.",
                        "DOCENT_TRAILING_SLASH: \"maybe\" is neither true nor false.",
                        "GEMINI_BASE_URL is not an http or https address.",
                        "DOCENT_HEALTH_INTERVAL: \"30\" is not a duration from 1s to 1h.",
                        "LOG_LEVEL is not one of trace, debug, info, warn, error.");
    }

    private Settings read(Map<String, String> variables, Map<String, String> owner) {
        Environment environment = Environment.of(variables).under(owner);
        return Settings.read(
                new SettingsReader(Reference.load(), environment, Set.of(), problems),
                environment,
                List.of());
    }
}
