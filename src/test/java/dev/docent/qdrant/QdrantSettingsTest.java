package dev.docent.qdrant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.docent.config.Secret;
import dev.docent.qdrant.QdrantSettings.Protocol;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QdrantSettingsTest {

    @ParameterizedTest
    @CsvSource({
        "443, AUTO, true",
        "6334, AUTO, false",
        "6333, AUTO, false",
        "443, GRPC, false",
        "6334, REST, true"
    })
    void choosesTheProtocolByThePort(int port, Protocol transport, boolean rest) {
        assertThat(settings(port, null, Duration.ofSeconds(5), transport).rest()).isEqualTo(rest);
    }

    @ParameterizedTest
    @ValueSource(strings = {"line\nbreak", "ünïcode", "nbsp\u00A0", "\u0000"})
    void refusesAKeyThatNoHeaderCanCarryWithoutShowingIt(String key) {
        assertThatThrownBy(
                        () -> settings(6334, Secret.of(key), Duration.ofSeconds(5), Protocol.AUTO))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("apiKey holds a character that no header can carry");
    }

    @Test
    void refusesWhatCannotWork() {
        assertThatThrownBy(() -> settings(0, null, Duration.ofSeconds(5), Protocol.AUTO))
                .hasMessage("port is not in 1 to 65535: 0");
        assertThatThrownBy(() -> settings(6334, null, Duration.ZERO, Protocol.AUTO))
                .hasMessage("timeout is not positive: PT0S");
    }

    private static QdrantSettings settings(
            int port, @Nullable Secret key, Duration timeout, Protocol transport) {
        return new QdrantSettings("localhost", port, false, key, "book", timeout, transport);
    }
}
