package dev.docent.gemini;

import static org.assertj.core.api.Assertions.assertThat;

import dev.docent.config.Problem;
import dev.docent.config.Problems;
import dev.docent.config.TestSettings;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GeminiSettingsTest {

    @Test
    void readEachSettingFromItsOwnKey() {
        GeminiSettings settings =
                read(
                        Map.of(
                                "DOCENT_GEMINI_CONNECT_TIMEOUT", "1s",
                                "DOCENT_GEMINI_FIRST_TOKEN_TIMEOUT", "2s",
                                "DOCENT_GEMINI_IDLE_TIMEOUT", "3s",
                                "DOCENT_GEMINI_EMBED_TIMEOUT", "4s",
                                "DOCENT_GEMINI_TEXTS_PER_MINUTE", "5",
                                "DOCENT_GEMINI_TEXTS_PER_DAY", "6"));

        assertThat(settings.timeouts())
                .isEqualTo(
                        new GeminiSettings.Timeouts(
                                Duration.ofSeconds(1),
                                Duration.ofSeconds(2),
                                Duration.ofSeconds(3),
                                Duration.ofSeconds(4),
                                Duration.ofSeconds(3),
                                Duration.ofSeconds(150)));
        assertThat(settings.textsPerMinute()).isEqualTo(5);
        assertThat(settings.textsPerDay()).isEqualTo(6);
    }

    @Test
    void suggestWhatIsTheDefault() {
        GeminiSettings settings =
                read(Map.of("GEMINI_MODEL", "other", "GEMINI_EMBEDDING_MODEL", "another"));

        assertThat(settings.advice().model()).isEqualTo(read(Map.of()).model());
        assertThat(settings.advice().embeddingModel()).isEqualTo(read(Map.of()).embeddingModel());
        assertThat(URI.create(settings.advice().baseUrl())).isEqualTo(read(Map.of()).baseUrl());
    }

    @Test
    void hideTheKey() {
        GeminiSettings settings = read(Map.of("GEMINI_API_KEY", Trial.KEY.reveal()));

        assertThat(settings.toString()).contains("*****").doesNotContain(Trial.KEY.reveal());
    }

    @Test
    void takeASlashOffTheRoot() {
        assertThat(read(Map.of("GEMINI_BASE_URL", "http://localhost:8080/v1beta/")).baseUrl())
                .hasToString("http://localhost:8080/v1beta");
    }

    @Test
    void refuseARootThatNoPathCanFollow() {
        for (String root : List.of("https://proxy.example/?key=1", "https://proxy.example/#v1")) {
            assertThat(problems("GEMINI_BASE_URL", root))
                    .containsExactly("GEMINI_BASE_URL has something behind a question mark or #.");
        }
        assertThat(problems("GEMINI_BASE_URL", "ftp://x/"))
                .containsExactly("GEMINI_BASE_URL is not an http or https address.");
    }

    @Test
    void refuseADimensionThatGeminiHasNot() {
        assertThat(problems("DOCENT_GEMINI_DIMENSION", "3073"))
                .containsExactly(
                        "DOCENT_GEMINI_DIMENSION: \"3073\" is not a whole number from 1 to 3072.");
    }

    private static List<String> problems(String variable, String value) {
        Problems problems = new Problems();
        GeminiSettings.read(TestSettings.reader(Map.of(variable, value), problems), Trial.RETIRED);
        return problems.problems().stream().map(Problem::headline).toList();
    }

    private static GeminiSettings read(Map<String, String> variables) {
        return TestSettings.read(variables, in -> GeminiSettings.read(in, Trial.RETIRED));
    }
}
