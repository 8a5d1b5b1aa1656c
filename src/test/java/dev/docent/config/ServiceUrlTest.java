package dev.docent.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServiceUrlTest {
    @ParameterizedTest
    @CsvSource({
        "xyz.eu-central.aws.cloud.qdrant.io, xyz.eu-central.aws.cloud.qdrant.io, 0, true, ''",
        "https://XYZ.cloud.qdrant.io:6333/, xyz.cloud.qdrant.io, 6333, true, /",
        "https://xyz.cloud.qdrant.io:6334/dashboard, xyz.cloud.qdrant.io, 6334, true, /dashboard",
        "http://localhost:6333, localhost, 6333, false, ''",
        "localhost:6334, localhost, 6334, false, ''",
        "qdrant:6334, qdrant, 6334, false, ''",
        "192.168.1.7, 192.168.1.7, 0, false, ''",
        "http://[::1]:6334, ::1, 6334, false, ''",
        "https://[2001:db8::1], 2001:db8::1, 0, true, ''",
    })
    void takesApartWhatPeoplePaste(String text, String host, int port, boolean tls, String path) {
        ServiceUrl url = ServiceUrl.parse(text);

        assertThat(url.host()).isEqualTo(host);
        assertThat(url.port()).isEqualTo(port);
        assertThat(url.tls()).isEqualTo(tls);
        assertThat(url.path()).isEqualTo(path);
    }

    @ParameterizedTest
    @CsvSource({
        "'', names no host.",
        "https://, names no host.",
        "postgresql://host/db, begins with neither https:// nor http://.",
        "https://user:pw@host, has a user or key before an @ sign.",
        "https://host?api-key=x, has something behind a question mark or #.",
        "https://host:0, has a port that is not in 1 to 65535.",
        "https://host:99999999, has a port that is not in 1 to 65535.",
        "https://ho st, names no host.",
        "https://[::1, is not the address of a service.",
    })
    void saysWhatIsWrongWithoutRepeatingIt(String text, String message) {
        assertThatThrownBy(() -> ServiceUrl.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    @Test
    void takesTheUsualPortWhereNoneWasWritten() {
        assertThat(ServiceUrl.parse("host").portOr(6334)).isEqualTo(6334);
        assertThat(ServiceUrl.parse("host:443").portOr(6334)).isEqualTo(443);
    }
}
