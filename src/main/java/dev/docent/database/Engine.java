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
     * @throws dev.docent.failure.DependencyException when none can be made whatever is tried
     */
    void configure(HikariConfig pool);

    /**
     * Whether a thread that works on the database may be interrupted. H2 reads its file through a
     * {@link java.nio.channels.FileChannel}, which an interrupt closes for all threads.
     */
    boolean interruptible();

    /** The SQL expression that turns a parameter with JSON text into a JSON value. */
    String json(String parameter);

    /**
     * Brings the tables to the state that the statements need, and does nothing where they have it.
     *
     * @throws dev.docent.failure.DependencyException when the tables there are not ours
     */
    void migrate(DbTransaction transaction);

    /** What the database found, without changing anything. */
    DatabaseInfo describe(DbTransaction transaction);

    /** What an error of the driver means. */
    Failure failure(SQLException error);
}
