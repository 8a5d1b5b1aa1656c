package dev.docent.database;

import static org.assertj.core.api.Assertions.assertThat;

import dev.docent.config.DatabaseUrl;
import dev.docent.config.TestSettings;
import dev.docent.failure.Failure;
import dev.docent.failure.Failure.Nature;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.Map;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The errors that an embedded server does not produce, or not on demand. */
class PostgresFailuresTest {
    private final PostgresFailures failures =
            new PostgresFailures(
                    DatabaseUrl.parse("postgresql://me:canary@db.example/app"),
                    TestSettings.read(Map.of(), DatabaseSettings::read).limits());

    @ParameterizedTest
    @CsvSource({
        "28P01, CREDENTIAL_REJECTED, PostgreSQL at db.example:5432 refused the password of user me.",
        "3D000, MISCONFIGURED, There is no database app at db.example:5432.",
        "42501, MISCONFIGURED, User me has no right to use or create the tables.",
        "25006, MISCONFIGURED, PostgreSQL at db.example:5432 accepts no writing.",
        "42P01, MISCONFIGURED, The tables in database app changed under the service.",
        "53300, UNAVAILABLE, PostgreSQL at db.example:5432 has too many connections already.",
        "57014, UNAVAILABLE, The database did not answer within 15000 ms.",
        "57P01, UNAVAILABLE, PostgreSQL at db.example:5432 is stopping or starting.",
        "08006, UNAVAILABLE, PostgreSQL at db.example:5432 cannot be reached.",
        "XX000, UNAVAILABLE, PostgreSQL at db.example:5432 failed with error XX000."
    })
    void explainsAState(String state, Nature nature, String owner) {
        Failure failure = failures.of(new SQLException("canary", state));
        assertThat(failure.nature()).isEqualTo(nature);
        assertThat(failure.owner()).isEqualTo(owner);
        assertThat(failure.toString()).doesNotContain("canary");
        assertThat(failure.reader()).doesNotContain("db.example").endsWith(".");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "connection is insecure (try using `sslmode=require`) | MISCONFIGURED"
                        + " | PostgreSQL at db.example:5432 accepts only TLS.",
                "no pg_hba.conf entry for host 1.2.3.4, no encryption | MISCONFIGURED"
                        + " | PostgreSQL at db.example:5432 accepts only TLS.",
                "Your project has exceeded the compute time quota. | EXHAUSTED"
                        + " | The project at db.example:5432 has used up its quota.",
                "The requested endpoint could not be found | MISCONFIGURED"
                        + " | There is no database endpoint at db.example:5432."
            })
    void explainsWhatNeonsProxySays(String message, Nature nature, String owner) {
        Failure failure = failures.of(new SQLException("ERROR: " + message, "08P01"));
        assertThat(failure.nature()).isEqualTo(nature);
        assertThat(failure.owner())
                .isEqualTo(
                        owner
                                + " The server says: "
                                + message
                                + (message.endsWith(".") ? "" : "."));
    }

    @Test
    void tellsApartWhyAConnectionFailed() {
        assertThat(
                        failures.of(connecting(new SocketTimeoutException("Connect timed out")))
                                .action())
                .startsWith("The port may be blocked here");
        assertThat(failures.of(connecting(new SocketTimeoutException("Read timed out"))).owner())
                .isEqualTo(
                        "What takes connections at db.example:5432 did not answer the login in time.");
        assertThat(failures.of(connecting(null)).owner())
                .isEqualTo(
                        "What takes connections at db.example:5432 did not answer the login in time.");
        PostgresFailures several =
                new PostgresFailures(
                        DatabaseUrl.parse("postgresql://me:canary@one.example,two.example/app"),
                        TestSettings.read(Map.of(), DatabaseSettings::read).limits());
        assertThat(several.of(connecting(null)).action())
                .startsWith("The port may be blocked here");
        assertThat(failures.of(connecting(new ConnectException())).owner())
                .isEqualTo("PostgreSQL at db.example:5432 cannot be reached.");
        assertThat(failures.of(connecting(new SSLHandshakeException("x"))).owner())
                .isEqualTo("The TLS connection to db.example:5432 failed.");
        assertThat(failures.of(new SQLTransientConnectionException("pool")).owner())
                .isEqualTo(
                        "No connection to db.example:5432 within 10000 ms: 4 may be in use, and all"
                                + " were.");
    }

    private static SQLException connecting(@Nullable Throwable cause) {
        return new SQLException("x", "08001", cause);
    }
}
