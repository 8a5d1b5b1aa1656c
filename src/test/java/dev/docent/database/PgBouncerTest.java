package dev.docent.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.docent.failure.DependencyException;
import dev.docent.failure.Failure;
import dev.docent.failure.Failure.Nature;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A real PostgreSQL behind a real PgBouncer with TLS, as Neon's pooled connections are. */
class PgBouncerTest {
    private static final DatabaseSettings.Limits LIMITS =
            new DatabaseSettings.Limits(
                    2,
                    Duration.ofSeconds(10),
                    Duration.ofSeconds(60),
                    Duration.ofSeconds(240),
                    Duration.ofSeconds(10),
                    Duration.ofSeconds(60));

    @TempDir private static Path folder;
    private static PgBouncer pooler;

    @BeforeAll
    static void start() {
        pooler = PgBouncer.start(folder);
    }

    @AfterAll
    static void stop() {
        pooler.close();
    }

    @Test
    void keepsConversations() {
        Postgres postgres = Postgres.empty();
        try (DatabaseConversations conversations = open("canary-pw", "postgres?sslmode=require")) {
            conversations.check();
            for (int n = 0; n < 3; n++) {
                conversations.store(H2ConversationsTest.Writer.exchange(n));
                postgres.terminateConnections();
            }
            conversations.check();
        }
        assertThat(postgres.list("select count(*) from messages")).containsExactly("6");
        assertThat(postgres.list("select count(distinct conversation_id) from messages"))
                .isEqualTo(postgres.list("select count(*) from conversations"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    wrong     | postgres?sslmode=require | CREDENTIAL_REJECTED | PostgreSQL at @ refused the password of user postgres. The server says: SASL authentication failed.
                    canary-pw | nowhere?sslmode=require  | MISCONFIGURED | There is no database nowhere at @. The server says: no such database: nowhere.
                    canary-pw | postgres?sslmode=disable | MISCONFIGURED | PostgreSQL at @ accepts only TLS. The server says: SSL required.
                    canary-pw | postgres?sslmode=require&channel_binding=require | MISCONFIGURED | PostgreSQL at @ offers no channel binding.
                    ''        | postgres?sslmode=require | CREDENTIAL_REJECTED | PostgreSQL at @ asks for a password, and none is set.
                    canary-pw | postgres?sslmode=verify-full | MISCONFIGURED | The TLS connection to @ failed.
                    canary-pw | dead?sslmode=require | UNAVAILABLE | The pooler at @ gets no connection to PostgreSQL. The server says: *
                    """)
    void tellsTheCause(String password, String rest, Nature nature, String owner) {
        try (DatabaseConversations conversations = open(password, rest)) {
            Failure failure =
                    catchThrowableOfType(DependencyException.class, conversations::check).failure();

            assertThat(failure.nature()).isEqualTo(nature);
            String words = owner.replace("@", "127.0.0.1:" + pooler.port());
            if (words.endsWith("*")) {
                assertThat(failure.owner()).startsWith(words.substring(0, words.length() - 1));
            } else {
                assertThat(failure.owner()).isEqualTo(words);
            }
        }
    }

    private static DatabaseConversations open(String password, String rest) {
        return Postgres.open(
                "postgresql://postgres"
                        + (password.isEmpty() ? "" : ":" + password)
                        + "@127.0.0.1:"
                        + pooler.port()
                        + "/"
                        + rest,
                LIMITS);
    }
}
