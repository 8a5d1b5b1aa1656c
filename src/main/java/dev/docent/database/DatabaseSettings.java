package dev.docent.database;

import dev.docent.config.DatabaseUrl;
import dev.docent.config.SettingsReader;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Which PostgreSQL may keep the conversations, and how any database is used.
 *
 * @param url where PostgreSQL is and who logs in; null only where it is not chosen
 * @param limits limits on the use of either database
 */
public record DatabaseSettings(@Nullable DatabaseUrl url, Limits limits) {

    /**
     * Limits on the use of a database.
     *
     * @param connections how many at the same time, at least 1
     * @param connect how long to wait for a connection, a new one or a free one
     * @param idle how long a PostgreSQL connection is kept without use; shorter than the time after
     *     which the server suspends itself, or it would never sleep
     * @param lifetime how long a PostgreSQL connection is kept at all
     * @param answer how long to wait for one answer of PostgreSQL
     * @param call how long a call takes at the most, waiting and trying again included
     */
    public record Limits(
            int connections,
            Duration connect,
            Duration idle,
            Duration lifetime,
            Duration answer,
            Duration call) {}

    /** Reads {@code database.*}. */
    public static DatabaseSettings read(SettingsReader in) {
        DatabaseUrl url = in.optionalText("database.url").map(DatabaseUrl::parse).orElse(null);
        int connections = in.number("database.pool-size", 1, 100);
        Duration connect =
                in.duration(
                        "database.connection-timeout",
                        Duration.ofMillis(250),
                        Duration.ofMinutes(2));
        Duration idle =
                in.duration("database.idle-timeout", Duration.ofSeconds(10), Duration.ofHours(1));
        Duration lifetime =
                in.duration("database.max-lifetime", Duration.ofSeconds(30), Duration.ofHours(2));
        Duration answer =
                in.duration(
                        "database.socket-timeout", Duration.ofSeconds(1), Duration.ofMinutes(10));
        return new DatabaseSettings(
                url,
                new Limits(connections, connect, idle, lifetime, answer, connect.plus(answer)));
    }
}
