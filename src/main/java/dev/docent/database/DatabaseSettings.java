package dev.docent.database;

import dev.docent.config.DatabaseUrl;
import java.nio.file.Path;
import java.time.Duration;

/** Which database keeps the conversations, and how it is used. */
public sealed interface DatabaseSettings {

    /** Limits on the use of the database. */
    Limits limits();

    /**
     * A file in a folder of this service alone, created where it does not exist.
     *
     * @param folder where the file lies
     * @param limits limits on its use
     */
    record H2(Path folder, Limits limits) implements DatabaseSettings {}

    /**
     * A PostgreSQL server, which other services and other instances may share.
     *
     * @param url where it is and who logs in
     * @param limits limits on its use
     */
    record PostgreSql(DatabaseUrl url, Limits limits) implements DatabaseSettings {}

    /**
     * Limits on the use of a database.
     *
     * @param connections how many at the same time, at least 1
     * @param idle how long a PostgreSQL connection is kept without use; shorter than the time after
     *     which the server suspends itself, or it would never sleep
     * @param lifetime how long a PostgreSQL connection is kept at all
     * @param connect how long to wait for a connection, a new one or a free one
     * @param answer how long to wait for one answer of PostgreSQL
     * @param call how long a call takes at the most, waiting and trying again included
     */
    record Limits(
            int connections,
            Duration idle,
            Duration lifetime,
            Duration connect,
            Duration answer,
            Duration call) {

        /**
         * Limits that suit a serverless PostgreSQL: Neon suspends itself after five minutes without
         * a query and takes up to some seconds to wake.
         */
        public static final Limits DEFAULT =
                new Limits(
                        5,
                        Duration.ofSeconds(60),
                        Duration.ofSeconds(240),
                        Duration.ofSeconds(10),
                        Duration.ofSeconds(10),
                        Duration.ofSeconds(15));

        public Limits {
            if (connections < 1) {
                throw new IllegalArgumentException("connections must be at least 1");
            }
        }
    }
}
