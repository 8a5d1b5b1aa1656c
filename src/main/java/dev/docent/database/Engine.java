package dev.docent.database;

import com.zaxxer.hikari.HikariConfig;
import dev.docent.failure.Failure;
import io.helidon.dbclient.DbTransaction;
import java.sql.SQLException;

/** What differs between the databases: how to connect, the schema, and what errors mean. */
interface Engine {

    /**
     * Tells the pool where to connect and how long to keep a connection. Called once, before the
     * first connection.
     *
     * @throws dev.docent.failure.DependencyException when no connection is possible with these
     *     settings
     */
    void configure(HikariConfig pool);

    /**
     * Whether a thread that works on the database may be interrupted. H2 reads its file through a
     * {@link java.nio.channels.FileChannel}, which an interrupt closes for all threads.
     */
    boolean interruptible();

    /** Whether the file behind open connections was taken away, so that they must be closed. */
    boolean gone();

    /** The SQL expression for a parameter with JSON text. */
    String json(String parameter);

    /**
     * Creates or extends the tables if necessary.
     *
     * @throws dev.docent.failure.DependencyException when existing tables do not fit
     */
    void migrate(DbTransaction transaction);

    /** Describes the database without changing anything. */
    DatabaseInfo describe(DbTransaction transaction);

    /** What an error of the driver means. */
    Failure failure(SQLException error);
}
