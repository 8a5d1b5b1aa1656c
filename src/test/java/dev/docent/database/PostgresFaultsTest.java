package dev.docent.database;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.docent.TcpProxy;
import dev.docent.failure.DependencyException;
import dev.docent.failure.Diagnosis;
import dev.docent.failure.Failure;
import dev.docent.failure.Failure.Nature;
import dev.docent.failure.FailureCode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.logging.ConsoleHandler;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A real PostgreSQL behind a proxy that delays, cuts, resets and hangs. */
class PostgresFaultsTest {
    private static final DatabaseSettings.Limits SHORT =
            new DatabaseSettings.Limits(
                    2,
                    Duration.ofSeconds(4),
                    Duration.ofSeconds(60),
                    Duration.ofSeconds(240),
                    Duration.ofSeconds(4),
                    Duration.ofSeconds(20));

    private final Postgres postgres = Postgres.empty();
    private final TcpProxy proxy = TcpProxy.to("127.0.0.1", Postgres.port());

    @AfterEach
    void close() {
        proxy.close();
    }

    @Test
    void triesAgainWhenTheServerClosedAnIdleConnection() {
        try (DatabaseConversations conversations = postgres.open()) {
            for (int n = 0; n < 5; n++) {
                conversations.store(H2ConversationsTest.Writer.exchange(n));
                postgres.terminateConnections();
            }
            conversations.check();
        }
        assertThat(postgres.list("select count(*) from messages")).containsExactly("10");
    }

    @Test
    void triesAgainWhenTheConnectionWasCutOrReset() {
        try (DatabaseConversations conversations = postgres.open(proxy.port(), Postgres.LIMITS)) {
            conversations.store(H2ConversationsTest.Writer.exchange(1));
            proxy.cut();
            conversations.store(H2ConversationsTest.Writer.exchange(2));
            proxy.reset();
            conversations.store(H2ConversationsTest.Writer.exchange(3));
        }
        assertThat(postgres.list("select count(*) from messages")).containsExactly("6");
    }

    @Test
    void answersThroughASlowNetwork() {
        proxy.delay(Duration.ofMillis(50));
        try (DatabaseConversations conversations = postgres.open(proxy.port(), Postgres.LIMITS)) {
            conversations.store(H2ConversationsTest.Writer.exchange(1));
        }
        assertThat(postgres.list("select count(*) from messages")).containsExactly("2");
    }

    @Test
    void givesUpOnAServerThatHangsAndComesBackWithIt() {
        try (DatabaseConversations conversations = postgres.open(proxy.port(), SHORT)) {
            conversations.check();
            proxy.hang();
            Failure failure = failure(conversations);
            assertThat(failure.code()).isEqualTo(FailureCode.TIMEOUT);
            assertThat(failure.nature()).isEqualTo(Nature.UNAVAILABLE);
            proxy.heal();
            conversations.check();
        }
    }

    @Test
    void leavesAServerThatHangsAtItsDeadline() {
        var limits =
                new DatabaseSettings.Limits(
                        2,
                        Duration.ofSeconds(60),
                        Duration.ofSeconds(60),
                        Duration.ofSeconds(240),
                        Duration.ofSeconds(60),
                        Duration.ofMillis(300));
        proxy.hang();
        try (DatabaseConversations conversations = postgres.open(proxy.port(), limits)) {
            assertThatThrownBy(conversations::check)
                    .hasMessage("The database did not answer within 300 ms.");
            proxy.heal();
        }
    }

    @Test
    void honoursAnInterruptWhileItWaits() throws Exception {
        try (DatabaseConversations conversations = postgres.open(proxy.port(), Postgres.LIMITS)) {
            conversations.check();
            proxy.hang();
            boolean[] interrupted = new boolean[1];
            Thread reader =
                    Thread.ofVirtual()
                            .start(() -> {
                                assertThatThrownBy(() -> conversations.recent(UUID.randomUUID(), 3))
                                        .hasMessage(
                                                "The wait for the database was" + " interrupted.");
                                interrupted[0] = Thread.currentThread().isInterrupted();
                            });
            while (reader.getState() == Thread.State.RUNNABLE
                    || reader.getState() == Thread.State.NEW) {
                Thread.onSpinWait();
            }
            reader.interrupt();
            reader.join();
            assertThat(interrupted[0]).isTrue();
            proxy.heal();
            conversations.check();
        }
    }

    @Test
    void startsBeforeTheDatabaseDoes() {
        proxy.refuse();
        try (DatabaseConversations conversations = postgres.open(proxy.port(), SHORT)) {
            assertThat(failure(conversations).nature()).isEqualTo(Nature.UNAVAILABLE);
            proxy.heal();
            conversations.check();
        }
    }

    @Test
    void saysThatNothingListens() throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        try (DatabaseConversations conversations = postgres.open(port, SHORT)) {
            assertThat(failure(conversations))
                    .isEqualTo(
                            new Failure(
                                    Diagnosis.DATABASE_UNREACHABLE,
                                    FailureCode.INTERNAL,
                                    Nature.UNAVAILABLE,
                                    DatabaseFailures.READER_LATER,
                                    "PostgreSQL at 127.0.0.1:" + port + " cannot be reached.",
                                    "Look whether the server runs and the port is right; it is"
                                            + " tried again."));
        }
    }

    /** Linux drops further attempts when two connections wait in a queue of one. */
    @Test
    void saysThatThePortMayBeBlockedWhenAConnectionTimesOut() throws IOException {
        InetAddress here = InetAddress.getLoopbackAddress();
        try (ServerSocket full = new ServerSocket(0, 1, here);
                Socket first = new Socket(here, full.getLocalPort());
                Socket second = new Socket(here, full.getLocalPort());
                DatabaseConversations conversations = postgres.open(full.getLocalPort(), SHORT)) {
            assertThat(first.isConnected() && second.isConnected()).isTrue();
            Failure failure = failure(conversations);
            assertThat(failure.owner())
                    .isEqualTo(
                            "No connection to 127.0.0.1:"
                                    + full.getLocalPort()
                                    + " within 2000 ms.");
            assertThat(failure.action()).startsWith("The port may be blocked here");
        }
    }

    /** As a proxy does whose database is being woken, or another service at this port. */
    @Test
    void saysThatTheLoginIsNotAnsweredWhereAConnectionComesAbout() {
        proxy.hang();
        for (String mode : List.of("disable", "require")) {
            String url = "postgresql://postgres@127.0.0.1:" + proxy.port() + "/app?sslmode=" + mode;
            try (DatabaseConversations conversations = Postgres.open(url, SHORT)) {
                Failure failure = failure(conversations);
                assertThat(failure.owner())
                        .isEqualTo(
                                "What takes connections at 127.0.0.1:"
                                        + proxy.port()
                                        + " did not answer the login in time.");
                assertThat(failure.action()).contains("asleep");
                assertThat(failure.code()).isEqualTo(FailureCode.TIMEOUT);
            }
        }
    }

    @Test
    void saysThatSomethingElseIsAtThePort() throws IOException {
        for (String mode : List.of("disable", "prefer", "require")) {
            try (ServerSocket other = new ServerSocket(0, 9, InetAddress.getLoopbackAddress())) {
                Thread.ofVirtual().start(() -> babble(other));
                String url =
                        "postgresql://me@127.0.0.1:"
                                + other.getLocalPort()
                                + "/app?sslmode="
                                + mode;
                try (DatabaseConversations conversations = Postgres.open(url, SHORT)) {
                    Failure failure = failure(conversations);
                    assertThat(failure.owner())
                            .isEqualTo(
                                    "What answers at 127.0.0.1:"
                                            + other.getLocalPort()
                                            + " does not speak PostgreSQL's protocol.");
                    assertThat(failure.nature()).isEqualTo(Nature.MISCONFIGURED);
                }
            }
        }
    }

    @Test
    void saysThatAConnectionIsTakenAndClosed() {
        proxy.refuse();
        for (String mode : List.of("disable", "prefer", "require")) {
            String url = "postgresql://postgres@127.0.0.1:" + proxy.port() + "/app?sslmode=" + mode;
            try (DatabaseConversations conversations = Postgres.open(url, SHORT)) {
                assertThat(failure(conversations).owner())
                        .isEqualTo(
                                "PostgreSQL at 127.0.0.1:"
                                        + proxy.port()
                                        + " cannot be reached: the connection is closed at once.");
            }
        }
    }

    /** Speaks HTTP, whatever it is asked. */
    private static void babble(ServerSocket server) {
        while (!server.isClosed()) {
            try (Socket client = server.accept()) {
                assertThat(client.getInputStream().read()).isNotNegative();
                client.getOutputStream()
                        .write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(US_ASCII));
                client.shutdownOutput();
                client.getInputStream().readAllBytes();
            } catch (IOException e) {
                if (!server.isClosed()) {
                    throw new UncheckedIOException(e);
                }
            }
        }
    }

    @Test
    void saysThatTheHostIsUnknown() {
        try (DatabaseConversations conversations =
                Postgres.open("postgresql://u:p@nowhere.invalid/db", SHORT)) {
            assertThat(failure(conversations).owner())
                    .isEqualTo("The host nowhere.invalid:5432 is not known.");
        }
    }

    @Test
    void saysThatTheDatabaseIsMissing() {
        try (DatabaseConversations conversations =
                Postgres.open(
                        "postgresql://postgres@127.0.0.1:" + Postgres.port() + "/not-there",
                        SHORT)) {
            Failure failure = failure(conversations);
            assertThat(failure.nature()).isEqualTo(Nature.MISCONFIGURED);
            assertThat(failure.owner())
                    .isEqualTo(
                            "There is no database not-there at 127.0.0.1:"
                                    + Postgres.port()
                                    + ". The server says: database \"not-there\" does not exist.");
        }
    }

    @Test
    void saysThatTheServerDoesNotOfferTls() {
        try (DatabaseConversations conversations =
                Postgres.open(
                        "postgresql://postgres@127.0.0.1:"
                                + Postgres.port()
                                + "/postgres?sslmode=require",
                        SHORT)) {
            assertThat(failure(conversations).owner())
                    .isEqualTo(
                            "PostgreSQL at 127.0.0.1:" + Postgres.port() + " does not offer TLS.");
        }
    }

    @Test
    void saysThatTheUserMayNotCreateTables() {
        postgres.run(
                "drop role if exists reader",
                "create role reader login",
                "grant usage on schema public to reader");
        try (DatabaseConversations conversations =
                Postgres.open(
                        "postgresql://reader@127.0.0.1:"
                                + Postgres.port()
                                + "/"
                                + postgres.database(),
                        SHORT)) {
            assertThat(conversations.describe().mayCreate()).isFalse();
            Failure failure = failure(conversations);
            assertThat(failure.nature()).isEqualTo(Nature.MISCONFIGURED);
            assertThat(failure.owner())
                    .isEqualTo(
                            "User reader has no right to use or create the tables. The server"
                                    + " says: permission denied for schema public.");
        }
    }

    @Test
    void freesConnectionsThatAnotherProgramsLockHeldUp() throws Exception {
        try (DatabaseConversations conversations = postgres.open(proxy.port(), SHORT)) {
            conversations.check();
            List<Future<?>> waiting = new ArrayList<>();
            try (var _ = holding("lock table conversations, messages in access exclusive mode");
                    var threads = Executors.newVirtualThreadPerTaskExecutor()) {
                for (int n = 0; n < 6; n++) {
                    waiting.add(threads.submit(() -> conversations.recent(UUID.randomUUID(), 1)));
                }
            }
            for (Future<?> one : waiting) {
                assertThatThrownBy(one::get).hasCauseInstanceOf(DependencyException.class);
            }
            conversations.check();
        }
    }

    @Test
    void keepsThePasswordOutOfEveryLog() {
        StringBuilder log = new StringBuilder();
        Formatter formatter = new SimpleFormatter();
        Handler handler =
                new ConsoleHandler() {
                    @Override
                    public synchronized void publish(LogRecord entry) {
                        log.append(formatter.format(entry));
                    }
                };
        handler.setLevel(Level.ALL);
        Logger root = Logger.getLogger("");
        Level before = root.getLevel();
        root.addHandler(handler);
        root.setLevel(Level.ALL);
        Logger pool = Logger.getLogger("com.zaxxer.hikari");
        Level poolBefore = pool.getLevel();
        pool.setLevel(Level.ALL);
        try (DatabaseConversations conversations = postgres.open(proxy.port(), SHORT)) {
            conversations.store(H2ConversationsTest.Writer.exchange(1));
            proxy.refuse();
            proxy.cut();
            assertThat(failure(conversations).toString()).doesNotContain("canary-pw");
        } finally {
            root.removeHandler(handler);
            root.setLevel(before);
            pool.setLevel(poolBefore);
        }
        assertThat(log).contains("HikariConfig").doesNotContain("canary-pw");
    }

    private AutoCloseable holding(String statement) throws Exception {
        var connection =
                DriverManager.getConnection(
                        "jdbc:postgresql://127.0.0.1:"
                                + Postgres.port()
                                + "/"
                                + postgres.database(),
                        "postgres",
                        "");
        connection.setAutoCommit(false);
        try (var lock = connection.createStatement()) {
            lock.execute(statement);
        }
        return connection;
    }

    private static Failure failure(DatabaseConversations conversations) {
        return catchThrowableOfType(DependencyException.class, conversations::check).failure();
    }
}
