package dev.docent.database;

import dev.docent.config.DatabaseUrl;
import dev.docent.failure.DependencyException;
import dev.docent.failure.Diagnosis;
import dev.docent.failure.Failure;
import dev.docent.failure.Failure.Nature;
import dev.docent.failure.FailureCode;
import dev.docent.failure.OwnWords;
import java.io.EOFException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;

/**
 * What PostgreSQL's errors mean: by SQLState (appendix A of its manual) and, because poolers and
 * Neon's proxy put very different things under one state
 * (https://neon.com/docs/connect/connection-errors), first by what the message says. The server's
 * own words stand behind ours.
 */
final class PostgresFailures {
    /** The severity that a server writes before its words; messages of the driver have none. */
    private static final Pattern SERVER =
            Pattern.compile("\\s*+\\p{Lu}{4,12}: ?(.*)", Pattern.DOTALL);

    private static final String COPY = "Copy the connection string anew into DATABASE_URL";

    private final String place;
    private final String who;
    private final String database;
    private final String password;
    private final DatabaseSettings.Limits limits;
    private final boolean severalHosts;
    private final Duration connecting;

    PostgresFailures(DatabaseUrl url, DatabaseSettings.Limits limits) {
        this.place =
                url.hosts().stream()
                        .map(host -> host.name() + ":" + host.port())
                        .collect(Collectors.joining(", "));
        this.who = url.user();
        this.database = url.database();
        this.password = url.secret().reveal();
        this.limits = limits;
        this.severalHosts = url.hosts().size() > 1;
        this.connecting = limits.reaching(url);
    }

    /** Says that the tables there cannot be used. */
    static DependencyException otherTables(String what) {
        return new DependencyException(
                DatabaseFailures.misconfigured(
                        Diagnosis.DATABASE_OTHER_TABLES,
                        "The database has tables of the same names with other columns: "
                                + what
                                + ".",
                        "Name another database in DATABASE_URL, or rename those tables; nothing"
                                + " was altered."));
    }

    Failure of(SQLException error) {
        String message = Optional.ofNullable(error.getMessage()).orElse("");
        Matcher server = SERVER.matcher(message);
        String said = server.matches() ? server.group(1) : "";
        Failure failure =
                new Said(message.toLowerCase(Locale.ROOT))
                        .failure()
                        .or(() -> byCause(error))
                        .orElseGet(() -> byState(error, !said.isEmpty()));
        return new Failure(
                failure.diagnosis(),
                failure.code(),
                failure.nature(),
                failure.reader(),
                failure.owner() + OwnWords.after("The server says:", said, password),
                failure.action(),
                failure.retryAfterOrNull());
    }

    /** What a message says, whatever its state is; in lower case. */
    private final class Said {
        private final String message;

        Said(String message) {
            this.message = message;
        }

        private boolean has(String... words) {
            return Stream.of(words).anyMatch(message::contains);
        }

        Optional<Failure> failure() {
            return network().or(this::account).or(this::project).or(this::pooler);
        }

        private Optional<Failure> network() {
            if (has("insecure", "no encryption", "ssl off", "ssl required", "ssl is required")) {
                return misconfigured(
                        Diagnosis.DATABASE_TLS,
                        "PostgreSQL at " + place + " accepts only TLS.",
                        "Append ?sslmode=require to DATABASE_URL.");
            }
            if (has("does not support ssl")) {
                return misconfigured(
                        Diagnosis.DATABASE_TLS,
                        "PostgreSQL at " + place + " does not offer TLS.",
                        "Take sslmode out of DATABASE_URL if the network may be trusted, or turn"
                                + " TLS on in the server.");
            }
            if (has("pg_hba.conf")) {
                return misconfigured(
                        Diagnosis.DATABASE_NOT_FROM_HERE,
                        "PostgreSQL at "
                                + place
                                + " lets nobody in from here by this user to this database.",
                        "Add a line for them to its pg_hba.conf; a Space has no fixed address.");
            }
            if (has("ip address", "allow_list", "allow list", "allowlist", "not in the allowed")) {
                return misconfigured(
                        Diagnosis.DATABASE_NOT_FROM_HERE,
                        "The project at " + place + " lets only certain IP addresses in.",
                        "Look at the IP allow-list at its provider; a Space has no fixed address, so"
                                + " allow all of them there.");
            }
            if (has("client certificate")) {
                return misconfigured(
                        Diagnosis.DATABASE_LOGIN_PARAMETER,
                        "PostgreSQL at " + place + " asks for a client certificate.",
                        "Name its files with sslcert and sslkey in DATABASE_URL, or use another"
                                + " user.");
            }
            return Optional.empty();
        }

        private Optional<Failure> account() {
            if (has("channel binding")) {
                return misconfigured(
                        Diagnosis.DATABASE_LOGIN_PARAMETER,
                        "PostgreSQL at " + place + " offers no channel binding.",
                        "Take channel_binding out of DATABASE_URL.");
            }
            if (has("no password was provided", "password is an empty")) {
                return rejected(
                        Diagnosis.DATABASE_PASSWORD_REFUSED,
                        "PostgreSQL at " + place + " asks for a password, and none is set.",
                        "Write DATABASE_URL as postgresql://" + who + ":PASSWORD@host/name.");
            }
            if (has(
                    "password authentication failed",
                    "sasl authentication failed",
                    "auth failed")) {
                return rejected(
                        Diagnosis.DATABASE_PASSWORD_REFUSED,
                        refusedPassword(),
                        COPY + "; a reset password makes the old one" + " invalid.");
            }
            if (has("no such user", "not permitted to log in", "tenant or user not found")
                    || message.matches(
                            "(?s).*(?:role|user) \"[^\"]*\" (?:does not exist|not found).*")) {
                return rejected(
                        Diagnosis.DATABASE_PASSWORD_REFUSED,
                        "PostgreSQL at " + place + " does not let a user " + who + " log in.",
                        COPY + "; the user's name is a part of it.");
            }
            if (has("no such database")
                    || message.matches(
                            "(?s).*database \"[^\"]*\" (?:does not exist|not found).*")) {
                return Optional.of(noDatabase());
            }
            return Optional.empty();
        }

        private Optional<Failure> project() {
            if (has("quota", "exceeded the compute", "limit has been exceeded", "size limit")) {
                return Optional.of(
                        exhausted(
                                Diagnosis.DATABASE_USED_UP,
                                "The project at " + place + " has used up its quota.",
                                "Look at the project's usage with its provider; it comes back with"
                                        + " the next period or a larger plan."));
            }
            if (has("endpoint", "project", "branch", "compute", "\" is disabled")) {
                if (has("disabled", "suspended", "paused")) {
                    return misconfigured(
                            Diagnosis.DATABASE_SWITCHED_OFF,
                            "The database at " + place + " is switched off.",
                            "Enable or resume it at its provider; on Neon, the compute of the"
                                    + " branch.");
                }
                if (has("not be found", "not found", "not specified", "not exist", "no such")) {
                    return misconfigured(
                            Diagnosis.DATABASE_ENDPOINT_MISSING,
                            "There is no database endpoint at " + place + ".",
                            COPY + "; the project may have been deleted.");
                }
            }
            return Optional.empty();
        }

        private Optional<Failure> pooler() {
            if (has("startup parameter")) {
                return misconfigured(
                        Diagnosis.DATABASE_LOGIN_PARAMETER,
                        "The pooler at " + place + " does not take a parameter of the connection.",
                        "Take it out of DATABASE_URL, or name it in the pooler's"
                                + " ignore_startup_parameters.");
            }
            if (has("max clients", "too many clients", "max_client_conn", "connection slots")
                    || has("too many connections", "more connections", "connection limit")
                    || has("too many database connection")) {
                return Optional.of(tooManyConnections());
            }
            if (has("cannot connect to server", "server login", "query_wait_timeout")) {
                return Optional.of(
                        DatabaseFailures.unavailable(
                                Diagnosis.DATABASE_POOLER,
                                "The pooler at " + place + " gets no connection to PostgreSQL.",
                                "Look whether the server behind it runs and takes its password; it"
                                        + " is tried again."));
            }
            if (has("starting up", "shutting down", "recovery mode")) {
                return Optional.of(stopping());
            }
            return Optional.empty();
        }
    }

    private static Optional<Failure> misconfigured(
            Diagnosis diagnosis, String owner, String action) {
        return Optional.of(DatabaseFailures.misconfigured(diagnosis, owner, action));
    }

    private static Optional<Failure> rejected(Diagnosis diagnosis, String owner, String action) {
        return Optional.of(
                new Failure(
                        diagnosis,
                        FailureCode.INTERNAL,
                        Nature.CREDENTIAL_REJECTED,
                        DatabaseFailures.READER_OWNER,
                        owner,
                        action));
    }

    private static Failure exhausted(Diagnosis diagnosis, String owner, String action) {
        return new Failure(
                diagnosis,
                FailureCode.QUOTA_EXCEEDED,
                Nature.EXHAUSTED,
                DatabaseFailures.READER_LATER,
                owner,
                action);
    }

    private String refusedPassword() {
        return "PostgreSQL at " + place + " refused the password of user " + who + ".";
    }

    private Failure noDatabase() {
        return DatabaseFailures.misconfigured(
                Diagnosis.DATABASE_MISSING,
                "There is no database " + database + " at " + place + ".",
                "Create it, or put the name of one that exists after the host in DATABASE_URL.");
    }

    private Failure tooManyConnections() {
        return new Failure(
                Diagnosis.DATABASE_TOO_MANY,
                FailureCode.OVERLOADED,
                Nature.UNAVAILABLE,
                DatabaseFailures.READER_LATER,
                "PostgreSQL at " + place + " has too many connections already.",
                "Use the pooled connection string (a host with -pooler), or let fewer programs"
                        + " connect.");
    }

    /** The server has a time limit of its own, which is not known here. */
    private Failure brokenOff() {
        return new Failure(
                Diagnosis.DATABASE_LATE,
                FailureCode.TIMEOUT,
                Nature.UNAVAILABLE,
                DatabaseFailures.READER_LATER,
                "PostgreSQL at " + place + " broke a statement off.",
                "Look at the database's load and locks, and at statement_timeout of its user.");
    }

    private Failure stopping() {
        return DatabaseFailures.unavailable(
                Diagnosis.DATABASE_STARTING,
                "PostgreSQL at " + place + " is stopping or starting.",
                "Wait a moment; it is tried again.");
    }

    private Optional<Failure> byCause(SQLException error) {
        return DatabaseFailures.causes(error)
                .map(cause ->
                        switch (cause) {
                            case UnknownHostException _ -> Optional.of(unknownHost());
                            case SocketTimeoutException late -> Optional.of(late(error, late));
                            case SSLException _ -> Optional.of(tls());
                            case ConnectException _, NoRouteToHostException _ ->
                                    Optional.<Failure>empty();
                            case EOFException _, SocketException _ ->
                                    connecting(error)
                                            ? Optional.of(hungUp())
                                            : Optional.<Failure>empty();
                            default -> Optional.<Failure>empty();
                        })
                .flatMap(Optional::stream)
                .findFirst();
    }

    private Failure unknownHost() {
        return DatabaseFailures.misconfigured(
                Diagnosis.DATABASE_HOST_UNKNOWN,
                "The host " + place + " is not known.",
                "Compare it with the connection string that the provider shows, and write that into"
                        + " DATABASE_URL.");
    }

    private Failure late(SQLException error, SocketTimeoutException late) {
        if (connecting(error)) {
            // A handshake of TCP that nobody answers; else something took the connection.
            return String.valueOf(late.getMessage()).startsWith("Connect")
                    ? noConnection()
                    : silent();
        }
        boolean handshake = String.valueOf(error.getMessage()).startsWith("SSL error");
        return handshake ? silent() : DatabaseFailures.slow(limits.answer());
    }

    /** The login got no answer, although the connection came about. */
    private Failure silent() {
        return new Failure(
                Diagnosis.DATABASE_LATE,
                FailureCode.TIMEOUT,
                Nature.UNAVAILABLE,
                DatabaseFailures.READER_LATER,
                "What takes connections at " + place + " did not answer the login in time.",
                "Look whether the database is asleep or overloaded, and whether PostgreSQL, and no"
                        + " other service, is at this port; it is tried again.");
    }

    /** Something takes connections there and closes them; a server that stops does so, too. */
    private Failure hungUp() {
        return DatabaseFailures.unavailable(
                Diagnosis.DATABASE_UNREACHABLE,
                "PostgreSQL at " + place + " cannot be reached: the connection is closed at once.",
                "Look whether the server runs and the port is right; it is tried again.");
    }

    private Failure otherProtocol() {
        return DatabaseFailures.misconfigured(
                Diagnosis.DATABASE_UNREACHABLE,
                "What answers at " + place + " does not speak PostgreSQL's protocol.",
                "Compare host and port with the connection string that the provider shows, and write"
                        + " that into DATABASE_URL.");
    }

    private static boolean connecting(SQLException error) {
        return "08001".equals(error.getSQLState());
    }

    private Failure noConnection() {
        return new Failure(
                Diagnosis.DATABASE_PORT_BLOCKED,
                FailureCode.TIMEOUT,
                Nature.UNAVAILABLE,
                DatabaseFailures.READER_LATER,
                "No connection to " + place + " within " + connecting.toMillis() + " ms.",
                "The port may be blocked here, or the host is wrong; try from another machine with:"
                        + " docent check");
    }

    private Failure tls() {
        return DatabaseFailures.misconfigured(
                Diagnosis.DATABASE_TLS,
                "The TLS connection to " + place + " failed.",
                "With sslmode=verify-full the certificate must be of a known authority and for this"
                        + " host; compare DATABASE_URL with the provider's connection string.");
    }

    private Failure byState(SQLException error, boolean said) {
        if (connecting(error) && error.getCause() == null && !said) {
            // pgjdbc's time limit for the whole login expired, and nothing else failed. Of several
            // hosts the last may not have been tried.
            return severalHosts ? noConnection() : silent();
        }
        String state = Optional.ofNullable(error.getSQLState()).orElse("");
        return switch (state) {
            case "28P01" ->
                    rejected(
                                    Diagnosis.DATABASE_PASSWORD_REFUSED,
                                    refusedPassword(),
                                    COPY + "; a reset password makes the old one invalid.")
                            .orElseThrow();
            case "28000" ->
                    rejected(
                                    Diagnosis.DATABASE_PASSWORD_REFUSED,
                                    "PostgreSQL at "
                                            + place
                                            + " refused the login of user "
                                            + who
                                            + ".",
                                    COPY + "; if it is right, let the user in from here.")
                            .orElseThrow();
            case "3D000", "57P04" -> noDatabase();
            case "42501" ->
                    DatabaseFailures.misconfigured(
                            Diagnosis.DATABASE_NO_RIGHT,
                            "User " + who + " has no right to use or create the tables.",
                            "Grant CREATE on the schema and ownership of conversations and messages,"
                                    + " or use the database owner's connection string.");
            case "25006" ->
                    DatabaseFailures.misconfigured(
                            Diagnosis.DATABASE_READ_ONLY,
                            "PostgreSQL at " + place + " accepts no writing.",
                            "Use the connection string of the primary in DATABASE_URL, not that of a"
                                    + " replica.");
            case "42P01", "42703", "42P07", "3F000" ->
                    DatabaseFailures.misconfigured(
                            Diagnosis.DATABASE_OTHER_TABLES,
                            "The tables in database " + database + " changed under the service.",
                            "Restart the service; it creates what is missing.");
            case "53100" ->
                    exhausted(
                            Diagnosis.DATABASE_USED_UP,
                            "PostgreSQL at " + place + " has no room left on its disk.",
                            "Delete what is not needed, or take a larger plan or disk.");
            case "53300" -> tooManyConnections();
            case "57014" -> said ? brokenOff() : DatabaseFailures.slow(limits.answer());
            case "57P01", "57P02", "57P03" -> stopping();
            case "" ->
                    new Failure(
                            Diagnosis.DATABASE_TOO_MANY,
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
            default -> other(state, said);
        };
    }

    private Failure other(String state, boolean said) {
        if (!said && state.equals("08P01")) {
            return otherProtocol();
        }
        if (!said) {
            return state.startsWith("08")
                    ? DatabaseFailures.unavailable(
                            Diagnosis.DATABASE_UNREACHABLE,
                            "PostgreSQL at " + place + " cannot be reached.",
                            "Look whether the server runs and the port is right; it is tried"
                                    + " again.")
                    : DatabaseFailures.unavailable(
                            Diagnosis.DATABASE_FAILED,
                            "PostgreSQL at " + place + " failed with error " + state + ".",
                            "Look at the cause in the log at level DEBUG.");
        }
        return DatabaseFailures.unavailable(
                state.startsWith("08") ? Diagnosis.DATABASE_UNREACHABLE : Diagnosis.DATABASE_FAILED,
                state.startsWith("08")
                        ? "PostgreSQL at " + place + ", or a pooler there, refuses the connection."
                        : "PostgreSQL at " + place + " failed with error " + state + ".",
                "It is tried again; if it stays, look at the provider's status page and log.");
    }
}
