package dev.docent.qdrant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.docent.config.QdrantProtocol;
import dev.docent.config.Secret;
import dev.docent.config.ServiceUrl;
import dev.docent.config.TestSettings;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QdrantSettingsTest {

    @ParameterizedTest
    @CsvSource({
        "localhost:443,  auto, rest, 443",
        "localhost:6334, auto, grpc, 6334",
        "localhost:6333, auto, grpc, 6334",
        "localhost,      auto, grpc, 6334",
        "localhost:443,  grpc, grpc, 443",
        "localhost:6333, grpc, grpc, 6334",
        "localhost:6334, rest, rest, 6334",
        "localhost:6333, rest, rest, 6333",
        "localhost,      rest, rest, 6333",
        "https://localhost/qdrant, auto, rest, 443",
        "http://localhost/qdrant/, rest, rest, 80",
        "http://localhost:6333/qdrant, auto, rest, 6333"
    })
    void chooseProtocolAndPortByTheAddress(String url, String transport, String spoken, int port) {
        QdrantSettings settings =
                TestSettings.read(
                        Map.of("QDRANT_URL", url, "DOCENT_QDRANT_TRANSPORT", transport),
                        QdrantSettings::read);

        assertThat(settings.rest()).isEqualTo(spoken.equals("rest"));
        assertThat(settings.port()).isEqualTo(port);
        assertThat(settings.address()).isEqualTo("localhost:" + port);
    }

    @ParameterizedTest
    @ValueSource(strings = {"line\nbreak", "ünïcode", "nbsp\u00A0", "\u0000", "a blank", ""})
    void refuseAKeyThatNoHeaderCanCarryWithoutShowingIt(String key) {
        assertThatThrownBy(() ->
                        new QdrantSettings(
                                ServiceUrl.parse("localhost"),
                                Secret.of(key),
                                "book",
                                Duration.ofSeconds(5),
                                QdrantProtocol.AUTO))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("apiKey holds a character that no header can carry");
    }

    @Test
    void refuseATimeoutThatCannotWork() {
        assertThatThrownBy(() ->
                        TestSettings.read(
                                Map.of("DOCENT_QDRANT_TIMEOUT", "0s"), QdrantSettings::read))
                .hasMessageContaining("is not a duration from 100ms to 2m");
    }
}
