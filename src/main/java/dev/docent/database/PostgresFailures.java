package dev.docent.database;

import dev.docent.config.DatabaseUrl;
import dev.docent.failure.DependencyException;
import dev.docent.failure.Failure;
import dev.docent.failure.Failure.Nature;
import dev.docent.failure.FailureCode;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.net.ssl.SSLException;

/**
 * What PostgreSQL's errors mean, by SQLState (appendix A of its manual) and, for errors of a pooler
 * or Neon's proxy without a specific state, by a word of the message
 * (https://neon.com/docs/connect/connection-errors). No message is passed on.
 */
final class PostgresFailures {
    private final String place;
    private final String who;
    private final String database;
    private final DatabaseSettings.Limits limits;

    PostgresFailures(DatabaseUrl url, DatabaseSettings.Limits limits) {
        this.place =
                url.hosts().stream()
                        .map(host -> host.name() + ":" + host.port())
                        .collect(Collectors.joining(", "));
        this.who = url.user();
        this.database = url.database();
        this.limits = limits;
    }

    /** Says that the tables there cannot be used. */
    static DependencyException otherTables(String what) {
        return new DependencyException(
                DatabaseFailures.misconfigured(
                        "The database has tables of the same names with other columns: "
                                + what
                                + ".",
                        "Name another database in DATABASE_URL, or rename those tables; nothing"
                                + " was altered."));
    }

    Failure of(SQLException error) {
        return byMessage(
                        Optional.ofNullable(error.getMessage()).orElse("").toLowerCase(Locale.ROOT))
                .or(() -> byCause(error))
                .orElseGet(() -> byState(error));
    }

    private Optional<Failure> byMessage(String message) {
        if (message.contains("insecure") || message.contains("no encryption")) {
            return Optional.of(
                    DatabaseFailures.misconfigured(
                            "PostgreSQL at " + place + " accepts only TLS.",
                            "Append ?sslmode=require to DATABASE_URL."));
        }
        if (message.contains("does not support ssl")) {
            return Optional.of(
                    DatabaseFailures.misconfigured(
                            "PostgreSQL at " + place + " does not offer TLS.",
                            "Take sslmode out of DATABASE_URL if the network may be trusted, or turn"
                                    + " TLS on in the server."));
        }
        if (message.contains("quota")) {
            return Optional.of(
                    new Failure(
                            FailureCode.QUOTA_EXCEEDED,
                            Nature.EXHAUSTED,
                            DatabaseFailures.READER_LATER,
                            "The project at " + place + " has used up its quota.",
                            "Look at the project's usage with its provider; it comes back with the"
                                    + " next period or a larger plan."));
        }
        if (message.contains("endpoint")) {
            return Optional.of(
                    DatabaseFailures.misconfigured(
                            "There is no database endpoint at " + place + ".",
                            "Copy the connection string anew into DATABASE_URL; the project may have"
                                    + " been deleted."));
        }
        return Optional.empty();
    }

    private Optional<Failure> byCause(SQLException error) {
        return DatabaseFailures.causes(error)
                .map(cause ->
                        switch (cause) {
                            case UnknownHostException _ -> Optional.of(unknownHost());
                            case SocketTimeoutException _ ->
                                    Optional.of(
                                            connecting(error)
                                                    ? noConnection()
                                                    : DatabaseFailures.slow(limits.answer()));
                            case SSLException _ -> Optional.of(tls());
                            default -> Optional.<Failure>empty();
                        })
                .flatMap(Optional::stream)
                .findFirst();
    }

    private Failure unknownHost() {
        return DatabaseFailures.misconfigured(
                "The host " + place + " is not known.",
                "Compare it with the connection string that the provider shows, and write that into"
                        + " DATABASE_URL.");
    }

    private static boolean connecting(SQLException error) {
        return "08001".equals(error.getSQLState());
    }

    private Failure noConnection() {
        return new Failure(
                FailureCode.TIMEOUT,
                Nature.UNAVAILABLE,
                DatabaseFailures.READER_LATER,
                "No connection to " + place + " within " + limits.connect().toMillis() + " ms.",
                "The port may be blocked here, or the host is wrong; try from another machine with:"
                        + " docent check");
    }

    private Failure tls() {
        return DatabaseFailures.misconfigured(
                "The TLS connection to " + place + " failed.",
                "With sslmode=verify-full the certificate must be of a known authority and for this"
                        + " host; compare DATABASE_URL with the provider's connection string.");
    }

    private Failure byState(SQLException error) {
        if (connecting(error) && error.getCause() == null) {
            // pgjdbc's time limit for the whole login expired, and nothing else failed.
            return noConnection();
        }
        String state = Optional.ofNullable(error.getSQLState()).orElse("");
        return switch (state) {
            case "28P01", "28000" ->
                    new Failure(
                            FailureCode.INTERNAL,
                            Nature.CREDENTIAL_REJECTED,
                            DatabaseFailures.READER_OWNER,
                            "PostgreSQL at " + place + " refused the password of user " + who + ".",
                            "Copy the connection string anew into DATABASE_URL; a reset password"
                                    + " makes the old one invalid.");
            case "3D000" ->
                    DatabaseFailures.misconfigured(
                            "There is no database " + database + " at " + place + ".",
                            "Create it, or put the name of one that exists after the host in"
                                    + " DATABASE_URL.");
            case "42501" ->
                    DatabaseFailures.misconfigured(
                            "User " + who + " has no right to use or create the tables.",
                            "Grant CREATE on the schema and ownership of conversations and messages,"
                                    + " or use the database owner's connection string.");
            case "25006" ->
                    DatabaseFailures.misconfigured(
                            "PostgreSQL at " + place + " accepts no writing.",
                            "Use the connection string of the primary in DATABASE_URL, not that of a"
                                    + " replica.");
            case "42P01", "42703", "42P07", "3F000" ->
                    DatabaseFailures.misconfigured(
                            "The tables in database " + database + " changed under the service.",
                            "Restart the service; it creates what is missing.");
            case "53300" ->
                    new Failure(
                            FailureCode.OVERLOADED,
                            Nature.UNAVAILABLE,
                            DatabaseFailures.READER_LATER,
                            "PostgreSQL at " + place + " has too many connections already.",
                            "Use the pooled connection string (a host with -pooler), or let fewer"
                                    + " programs connect.");
            case "57014" -> DatabaseFailures.slow(limits.answer());
            case "57P01", "57P02", "57P03" ->
                    DatabaseFailures.unavailable(
                            "PostgreSQL at " + place + " is stopping or starting.",
                            "Wait a moment; it is tried again.");
            case "" ->
                    new Failure(
                            FailureCode.OVERLOADED,
                            Nature.UNAVAILABLE,
                            DatabaseFailures.READER_LATER,
                            "No connection to "
                                    + place
                                    + " within "
                                    + limits.connect().toMillis()
                                    + " ms: "
                                    + limits.connections()
                                    + " may be in use, and all were.",
                            "Look for slow statements, or allow more connections.");
            default ->
                    state.startsWith("08")
                            ? DatabaseFailures.unavailable(
                                    "PostgreSQL at " + place + " cannot be reached.",
                                    "Look whether the server runs and the port is right; it is tried"
                                            + " again.")
                            : DatabaseFailures.unavailable(
                                    "PostgreSQL at " + place + " failed with error " + state + ".",
                                    "Look at the cause in the log at level DEBUG.");
        };
    }
}
