package dev.docent.gemini;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.docent.config.Secret;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class GeminiSettingsTest {
    private final GeminiSettings defaults = GeminiSettings.defaults(Trial.KEY);

    @Test
    void haveDefaults() {
        assertThat(defaults)
                .isEqualTo(
                        new GeminiSettings(
                                Trial.KEY,
                                "gemini-3.8-flash",
                                "gemini-embedding-001",
                                768,
                                URI.create("https://generativelanguage.googleapis.com/v1beta"),
                                8192,
                                Duration.ofSeconds(5),
                                Duration.ofSeconds(30),
                                Duration.ofSeconds(20),
                                Duration.ofSeconds(120),
                                Duration.ofSeconds(3),
                                Duration.ofSeconds(8),
                                Duration.ofSeconds(150),
                                Duration.ofSeconds(5)));
    }

    @Test
    void hideTheKey() {
        assertThat(defaults.toString()).doesNotContain(Trial.KEY.reveal());
    }

    @Test
    void takeWhatPeoplePaste() {
        GeminiSettings pasted =
                with(" models/gemini-3.6-flash\n", URI.create("http://localhost:8080/v1beta/"));
        assertThat(pasted.model()).isEqualTo("gemini-3.6-flash");
        assertThat(pasted.baseUrl()).hasToString("http://localhost:8080/v1beta");
    }

    @Test
    void refuseANameThatWouldChangeTheUrl() {
        assertThatThrownBy(() -> with("../x?y", defaults.baseUrl()))
                .hasMessage(
                        "GEMINI_MODEL: \"../x?y\" is not the name of a model. Write for example"
                                + " gemini-3.8-flash");
        assertThatThrownBy(() -> with("gemini-3.8-flash", URI.create("ftp://x/")))
                .hasMessage(
                        "GEMINI_BASE_URL is not an address. Write for example"
                                + " https://generativelanguage.googleapis.com/v1beta");
    }

    private static GeminiSettings with(String model, URI baseUrl) {
        GeminiSettings base = GeminiSettings.defaults(Secret.of("key"));
        return new GeminiSettings(
                base.key(),
                model,
                base.embeddingModel(),
                base.dimension(),
                baseUrl,
                base.maxOutputTokens(),
                base.connectTimeout(),
                base.firstTokenTimeout(),
                base.idleTimeout(),
                base.answerTimeout(),
                base.condenseTimeout(),
                base.embedTimeout(),
                base.batchTimeout(),
                base.checkTimeout());
    }
}
