package dev.docent.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.docent.Told;
import dev.docent.failure.DependencyException;
import dev.docent.failure.Failure;
import dev.docent.failure.Failure.Nature;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What PostgreSQL, poolers and Neon's proxy say at the login, and what the owner reads of it. */
class PostgresCausesTest {
    private static final DatabaseSettings.Limits LIMITS =
            new DatabaseSettings.Limits(
                    2,
                    Duration.ofSeconds(10),
                    Duration.ofSeconds(60),
                    Duration.ofSeconds(240),
                    Duration.ofSeconds(10),
                    Duration.ofSeconds(30));

    /** {@code @} stands for the server's place. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\u0001',
            textBlock =
                    """
                    28000 | The endpoint has been disabled. Enable it using Neon API and retry. | MISCONFIGURED | DOCENT-080 | 78 | The database at @ is switched off. | Enable or resume it
                    XX000 | Endpoint is paused | MISCONFIGURED | DOCENT-080 | 78 | The database at @ is switched off. | Enable or resume it
                    28000 | This IP address 3.4.5.6 is not allowed to connect to this endpoint. | MISCONFIGURED | DOCENT-075 | 78 | The project at @ lets only certain IP addresses in. | allow all of them
                    28000 | This IP address is not allowed to connect to this project | MISCONFIGURED | DOCENT-075 | 78 | The project at @ lets only certain IP addresses in. | allow all of them
                    XX000 | Address not in tenant allow_list: {3, 4, 5, 6} | MISCONFIGURED | DOCENT-075 | 78 | The project at @ lets only certain IP addresses in. | allow all of them
                    28000 | no pg_hba.conf entry for host "3.4.5.6", user "me", database "app", SSL encryption | MISCONFIGURED | DOCENT-075 | 78 | PostgreSQL at @ lets nobody in from here by this user to this database. | pg_hba.conf
                    28000 | no pg_hba.conf entry for host "3.4.5.6", user "me", database "app", SSL on | MISCONFIGURED | DOCENT-075 | 78 | PostgreSQL at @ lets nobody in from here by this user to this database. | pg_hba.conf
                    28000 | pg_hba.conf rejects connection for host "3.4.5.6", user "me", database "app", SSL encryption | MISCONFIGURED | DOCENT-075 | 78 | PostgreSQL at @ lets nobody in from here by this user to this database. | pg_hba.conf
                    28000 | kein pg_hba.conf-Eintrag für Host »3.4.5.6«, Benutzer »me«, Datenbank »app«, SSL-Verschlüsselung | MISCONFIGURED | DOCENT-075 | 78 | PostgreSQL at @ lets nobody in from here by this user to this database. | pg_hba.conf
                    28000 | no pg_hba.conf entry for host "3.4.5.6", user "me", database "app", no encryption | MISCONFIGURED | DOCENT-074 | 78 | PostgreSQL at @ accepts only TLS. | sslmode=require
                    28000 | no pg_hba.conf entry for host "3.4.5.6", user "me", database "app", SSL off | MISCONFIGURED | DOCENT-074 | 78 | PostgreSQL at @ accepts only TLS. | sslmode=require
                    08P01 | connection is insecure (try using `sslmode=require`) | MISCONFIGURED | DOCENT-074 | 78 | PostgreSQL at @ accepts only TLS. | sslmode=require
                    08P01 | SSL required | MISCONFIGURED | DOCENT-074 | 78 | PostgreSQL at @ accepts only TLS. | sslmode=require
                    28000 | role "me" does not exist | CREDENTIAL_REJECTED | DOCENT-077 | 78 | PostgreSQL at @ does not let a user me log in. | the user's name
                    28000 | role "me" is not permitted to log in | CREDENTIAL_REJECTED | DOCENT-077 | 78 | PostgreSQL at @ does not let a user me log in. | the user's name
                    08P01 | no such user: me | CREDENTIAL_REJECTED | DOCENT-077 | 78 | PostgreSQL at @ does not let a user me log in. | the user's name
                    XX000 | Tenant or user not found | CREDENTIAL_REJECTED | DOCENT-077 | 78 | PostgreSQL at @ does not let a user me log in. | the user's name
                    28000 | Rolle »me« existiert nicht | CREDENTIAL_REJECTED | DOCENT-077 | 78 | PostgreSQL at @ refused the login of user me. | Copy the connection string
                    28P01 | password authentication failed for user "me" | CREDENTIAL_REJECTED | DOCENT-077 | 78 | PostgreSQL at @ refused the password of user me. | a reset password
                    28P01 | Passwort-Authentifizierung für Benutzer »me« fehlgeschlagen | CREDENTIAL_REJECTED | DOCENT-077 | 78 | PostgreSQL at @ refused the password of user me. | a reset password
                    28P01 | ユーザー"me"のパスワード認証に失敗しました | CREDENTIAL_REJECTED | DOCENT-077 | 78 | PostgreSQL at @ refused the password of user me. | a reset password
                    08P01 | password authentication failed | CREDENTIAL_REJECTED | DOCENT-077 | 78 | PostgreSQL at @ refused the password of user me. | a reset password
                    08P01 | SASL authentication failed | CREDENTIAL_REJECTED | DOCENT-077 | 78 | PostgreSQL at @ refused the password of user me. | a reset password
                    08P01 | auth failed | CREDENTIAL_REJECTED | DOCENT-077 | 78 | PostgreSQL at @ refused the password of user me. | a reset password
                    28000 | connection requires a valid client certificate | MISCONFIGURED | DOCENT-076 | 78 | PostgreSQL at @ asks for a client certificate. | sslcert
                    3D000 | database "app" does not exist | MISCONFIGURED | DOCENT-078 | 78 | There is no database app at @. | Create it
                    08P01 | no such database: app | MISCONFIGURED | DOCENT-078 | 78 | There is no database app at @. | Create it
                    08P01 | database "app" does not exist | MISCONFIGURED | DOCENT-078 | 78 | There is no database app at @. | Create it
                    XX000 | Your account or project has exceeded the compute time quota. Upgrade your plan to increase limits. | EXHAUSTED | DOCENT-079 | 75 | The project at @ has used up its quota. | larger plan
                    XX000 | Your project has exceeded the data transfer quota. | EXHAUSTED | DOCENT-079 | 75 | The project at @ has used up its quota. | larger plan
                    53100 | could not extend file because project size limit (512 MB) has been exceeded | EXHAUSTED | DOCENT-079 | 75 | The project at @ has used up its quota. | larger plan
                    53100 | could not extend file "base/5/2619": No space left on device | EXHAUSTED | DOCENT-079 | 75 | PostgreSQL at @ has no room left on its disk. | larger plan
                    XX000 | The requested endpoint could not be found, or you don't have access to it. | MISCONFIGURED | DOCENT-081 | 78 | There is no database endpoint at @. | Copy the connection string
                    28000 | Endpoint ID is not specified. Either please upgrade the postgres client library (libpq) for SNI support | MISCONFIGURED | DOCENT-081 | 78 | There is no database endpoint at @. | Copy the connection string
                    XX000 | Project not found | MISCONFIGURED | DOCENT-081 | 78 | There is no database endpoint at @. | Copy the connection string
                    08P01 | unsupported startup parameter: search_path | MISCONFIGURED | DOCENT-076 | 78 | The pooler at @ does not take a parameter of the connection. | ignore_startup_parameters
                    08P01 | unsupported startup parameter in options: endpoint | MISCONFIGURED | DOCENT-076 | 78 | The pooler at @ does not take a parameter of the connection. | ignore_startup_parameters
                    53300 | too many connections for role "me" | UNAVAILABLE | DOCENT-082 | 75 | PostgreSQL at @ has too many connections already. | pooled connection string
                    53300 | sorry, too many clients already | UNAVAILABLE | DOCENT-082 | 75 | PostgreSQL at @ has too many connections already. | pooled connection string
                    53300 | remaining connection slots are reserved for roles with the SUPERUSER attribute | UNAVAILABLE | DOCENT-082 | 75 | PostgreSQL at @ has too many connections already. | pooled connection string
                    XX000 | MaxClientsInSessionMode: max clients reached - in Session mode max clients are limited to pool_size | UNAVAILABLE | DOCENT-082 | 75 | PostgreSQL at @ has too many connections already. | pooled connection string
                    08P01 | no more connections allowed (max_client_conn) | UNAVAILABLE | DOCENT-082 | 75 | PostgreSQL at @ has too many connections already. | pooled connection string
                    08P01 | pgbouncer cannot connect to server | UNAVAILABLE | DOCENT-083 | 75 | The pooler at @ gets no connection to PostgreSQL. | server behind it
                    08P01 | server login has been failing, try again later (server_login_retry) | UNAVAILABLE | DOCENT-083 | 75 | The pooler at @ gets no connection to PostgreSQL. | server behind it
                    08P01 | query_wait_timeout | UNAVAILABLE | DOCENT-083 | 75 | The pooler at @ gets no connection to PostgreSQL. | server behind it
                    57P03 | the database system is starting up | UNAVAILABLE | DOCENT-084 | 75 | PostgreSQL at @ is stopping or starting. | Wait a moment
                    57P03 | das Datenbanksystem startet | UNAVAILABLE | DOCENT-084 | 75 | PostgreSQL at @ is stopping or starting. | Wait a moment
                    57P01 | terminating connection due to administrator command | UNAVAILABLE | DOCENT-084 | 75 | PostgreSQL at @ is stopping or starting. | Wait a moment
                    55000 | database "app" is not currently accepting connections | UNAVAILABLE | DOCENT-091 | 75 | PostgreSQL at @ failed with error 55000. | It is tried again
                    XX000 | Control plane request failed | UNAVAILABLE | DOCENT-091 | 75 | PostgreSQL at @ failed with error XX000. | It is tried again
                    XX000 | {:shutdown, :db_termination} | UNAVAILABLE | DOCENT-091 | 75 | PostgreSQL at @ failed with error XX000. | It is tried again
                    08P01 | client_login_timeout (server down) | UNAVAILABLE | DOCENT-087 | 75 | PostgreSQL at @, or a pooler there, refuses the connection. | It is tried again
                    08P01 | database "app" is disabled | MISCONFIGURED | DOCENT-080 | 78 | The database at @ is switched off. | Enable or resume it
                    57014 | canceling statement due to statement timeout | UNAVAILABLE | DOCENT-092 | 75 | PostgreSQL at @ broke a statement off. | statement_timeout
                    XX000 | Failed to acquire permit to connect to the database. Too many database connection attempts are currently ongoing. | UNAVAILABLE | DOCENT-082 | 75 | PostgreSQL at @ has too many connections already. | pooled connection string
                    53200 | out of memory | UNAVAILABLE | DOCENT-091 | 75 | PostgreSQL at @ failed with error 53200. | It is tried again
                    25006 | cannot execute INSERT in a read-only transaction | MISCONFIGURED | DOCENT-089 | 78 | PostgreSQL at @ accepts no writing. | primary
                    42501 | permission denied for database "app" | MISCONFIGURED | DOCENT-088 | 78 | User me has no right to use or create the tables. | Grant CREATE
                    """)
    void tellsTheCauseAndTheServersOwnWords(
            String state,
            String message,
            Nature nature,
            String code,
            int exitCode,
            String owner,
            String action)
            throws IOException {
        try (Refusing server = new Refusing(state, message)) {
            Failure failure = server.failure();

            assertThat(failure.nature()).isEqualTo(nature);
            assertThat(failure.owner())
                    .isEqualTo(
                            owner.replace("@", "127.0.0.1:" + server.port())
                                    + " The server says: "
                                    + message
                                    + (message.endsWith(".") ? "" : "."));
            assertThat(failure.action()).contains(action);
            assertThat(failure.reader()).startsWith("Conversations ").doesNotContain("127.0.0.1");
            Told.everywhere("postgres", failure, code, exitCode);
        }
    }

    static Stream<String> hostile() {
        return Stream.of(
                "x".repeat(1_000_000),
                "canary-pw 😀 ".repeat(90_000),
                "\u001b[31mred\u0007\n\nFAKE: line \u202e canary-pw",
                "bad password canary-pw for postgresql://me:canary-pw@127.0.0.1/app");
    }

    @ParameterizedTest
    @org.junit.jupiter.params.provider.MethodSource("hostile")
    void boundsAndCleansWhatTheServerSays(String message) throws IOException {
        try (Refusing server = new Refusing("XX000", message)) {
            String owner = server.failure().owner();

            assertThat(owner).hasSizeLessThan(800).doesNotContain("canary-pw");
            assertThat(owner.chars().noneMatch(Character::isISOControl)).isTrue();
        }
    }

    @Test
    void saysNothingOfAServerThatSaysNothing() throws IOException {
        try (Refusing server = new Refusing("XX000", "")) {
            assertThat(server.failure().owner())
                    .isEqualTo(
                            "PostgreSQL at 127.0.0.1:"
                                    + server.port()
                                    + " failed with error XX000.");
        }
    }

    /** Speaks the protocol as far as an error that ends each login. */
    private static final class Refusing implements AutoCloseable {
        private static final int SSL_OR_GSS = 80_877_100;

        private final ServerSocket socket =
                new ServerSocket(0, 9, InetAddress.getLoopbackAddress());
        private final byte[] fields;

        Refusing(String state, String message) throws IOException {
            fields =
                    ("SFATAL\0VFATAL\0C" + state + "\0M" + message + "\0\0")
                            .getBytes(StandardCharsets.UTF_8);
            Thread.ofVirtual().start(this::serve);
        }

        int port() {
            return socket.getLocalPort();
        }

        Failure failure() {
            try (DatabaseConversations conversations =
                    Postgres.open(
                            "postgresql://me:canary-pw@127.0.0.1:" + port() + "/app", LIMITS)) {
                return catchThrowableOfType(DependencyException.class, conversations::check)
                        .failure();
            }
        }

        private void serve() {
            while (true) {
                try (Socket client = socket.accept()) {
                    refuse(client);
                } catch (SocketException e) {
                    if (socket.isClosed()) {
                        return;
                    }
                    // else the client left
                } catch (IOException e) {
                    throw new IllegalStateException(e);
                }
            }
        }

        private void refuse(Socket client) throws IOException {
            DataInputStream in = new DataInputStream(client.getInputStream());
            DataOutputStream out = new DataOutputStream(client.getOutputStream());
            int length = in.readInt();
            while (in.readInt() > SSL_OR_GSS) {
                out.writeByte('N');
                length = in.readInt();
            }
            in.readNBytes(length - 8);
            out.writeByte('E');
            out.writeInt(fields.length + 4);
            out.write(fields);
            out.flush();
            client.shutdownOutput();
            in.readAllBytes();
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
