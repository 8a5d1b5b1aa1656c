package dev.docent.database;

import dev.docent.config.DatabaseUrl;
import dev.docent.config.SettingsReader;
import java.time.Duration;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The PostgreSQL database for conversations, and limits that apply to H2, too.
 *
 * @param url PostgreSQL's URL; null only if PostgreSQL is not chosen
 * @param limits limits on the use of either database
 */
public record DatabaseSettings(@Nullable DatabaseUrl url, Limits limits) {

    /**
     * Limits on the use of a database.
     *
     * @param connections the most connections at the same time, at least 1
     * @param connect how long to wait for a connection, a new one or a free one
     * @param idle how long an unused PostgreSQL connection is kept; shorter than the time after
     *     which the server suspends itself, because otherwise it never does
     * @param lifetime how long a PostgreSQL connection is kept at most
     * @param answer how long to wait for one answer of PostgreSQL
     * @param call longest time for a call, including waits and a second try
     */
    public record Limits(
            int connections,
            Duration connect,
            Duration idle,
            Duration lifetime,
            Duration answer,
            Duration call) {
        private static final Pattern WHOLE_SECONDS = Pattern.compile("[1-9]\\d{0,3}");

        /** pgjdbc counts in seconds. */
        private static final Duration SHORTEST = Duration.ofSeconds(1);

        /**
         * How long it may take to reach PostgreSQL's port; less than the login, which then has time
         * to fail for a reason of its own.
         */
        Duration reaching(DatabaseUrl postgres) {
            Duration half = connect.dividedBy(2);
            return postgres.parameter("connect_timeout")
                    .filter(value -> WHOLE_SECONDS.matcher(value).matches())
                    .map(value -> Duration.ofSeconds(Long.parseLong(value)))
                    .orElse(half.compareTo(SHORTEST) < 0 ? SHORTEST : half);
        }
    }

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
