package dev.docent.database;

import dev.docent.config.DatabaseUrl;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A real PostgreSQL, started once in a JVM, and a database in it. Runs alone for load tests: says
 * what {@code DATABASE_URL} must be, and serves until it is stopped.
 */
public final class Postgres {
    private static final AtomicInteger COUNT = new AtomicInteger();

    /** Limits that a busy machine does not reach. */
    static final DatabaseSettings.Limits LIMITS =
            new DatabaseSettings.Limits(
                    5,
                    Duration.ofSeconds(60),
                    Duration.ofSeconds(60),
                    Duration.ofSeconds(240),
                    Duration.ofSeconds(60),
                    Duration.ofMinutes(3));

    private final String database;

    private Postgres(String database) {
        this.database = database;
    }

    public static void main(String[] args) throws InterruptedException {
        System.out.println(create().url(port()));
        Thread.currentThread().join();
    }

    /** Started at the first use, and stopped by the library when the JVM ends. */
    private static final class Server {
        static final EmbeddedPostgres RUNNING = start();

        private static EmbeddedPostgres start() {
            try {
                return EmbeddedPostgres.builder()
                        // Not in /dev/shm, which other servers of this machine use as well.
                        .setServerConfig("dynamic_shared_memory_type", "mmap")
                        .setServerConfig("fsync", "off")
                        .setServerConfig("full_page_writes", "off")
                        .start();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** An empty database, the same for all tests, which run one after the other. */
    static Postgres empty() {
        Postgres postgres = new Postgres("postgres");
        postgres.run("drop schema public cascade", "create schema public");
        return postgres;
    }

    /** An empty database of its own. */
    public static Postgres create() {
        Postgres postgres = new Postgres("d" + COUNT.incrementAndGet());
        new Postgres("postgres").run("create database " + postgres.database);
        return postgres;
    }

    public static int port() {
        return Server.RUNNING.getPort();
    }

    String database() {
        return database;
    }

    DatabaseConversations open() {
        return open(port(), LIMITS);
    }

    /** Connects through another port, which a proxy listens on. */
    DatabaseConversations open(int port, DatabaseSettings.Limits limits) {
        return open(url(port), limits);
    }

    /** What {@code DATABASE_URL} must be for clients that connect through a port. */
    public String url(int port) {
        return "postgresql://postgres:canary-pw@127.0.0.1:" + port + "/" + database;
    }

    static DatabaseConversations open(String url, DatabaseSettings.Limits limits) {
        return DatabaseConversations.postgres(DatabaseUrl.parse(url), limits);
    }

    /** Runs statements outside of what is tested. */
    public void run(String... statements) {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The first column of what a query finds. */
    public List<String> list(String query) {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            List<String> found = new ArrayList<>();
            while (rows.next()) {
                found.add(rows.getString(1));
            }
            return found;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Ends every connection that the conversations have, as a server does that suspends itself. */
    void terminateConnections() {
        run(
                "select pg_terminate_backend(pid, 5000) from pg_stat_activity"
                        + " where datname = current_database() and pid <> pg_backend_pid()");
    }

    private Connection connect() throws SQLException {
        return DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:" + port() + "/" + database, "postgres", "");
    }
}
