package dev.docent.database;

import dev.docent.failure.Diagnosis;
import dev.docent.failure.Failure;
import dev.docent.failure.Failure.Nature;
import dev.docent.failure.FailureCode;
import java.net.SocketTimeoutException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The failures that all databases have in common, and how to find a driver's error in an exception.
 */
final class DatabaseFailures {
    static final String READER_LATER =
            "Conversations cannot be stored or read at the moment; please try again in a minute.";
    static final String READER_OWNER =
            "Conversations are not available, because this service is not set up completely.";

    /**
     * The states of an H2 database that closed itself, for example when a write failed because the
     * disk was full (org.h2.api.ErrorCode DATABASE_IS_CLOSED, DATABASE_CALLED_AT_SHUTDOWN and
     * CONNECTION_BROKEN_1). A new connection opens it again.
     */
    private static final Set<String> H2_CLOSED = Set.of("90098", "90121", "90067");

    private DatabaseFailures() {}

    /** There is no connection to be had, so nothing was begun that had to be rolled back. */
    static final class NoConnection extends RuntimeException {
        private static final long serialVersionUID = 1L;

        NoConnection(SQLException cause) {
            super(cause);
        }
    }

    static Failure misconfigured(Diagnosis diagnosis, String owner, String action) {
        return new Failure(
                diagnosis, FailureCode.INTERNAL, Nature.MISCONFIGURED, READER_OWNER, owner, action);
    }

    static Failure unavailable(Diagnosis diagnosis, String owner, String action) {
        return new Failure(
                diagnosis, FailureCode.INTERNAL, Nature.UNAVAILABLE, READER_LATER, owner, action);
    }

    static Failure slow(Duration limit) {
        return new Failure(
                Diagnosis.DATABASE_LATE,
                FailureCode.TIMEOUT,
                Nature.UNAVAILABLE,
                READER_LATER,
                "The database did not answer within " + limit.toMillis() + " ms.",
                "Look at the database's load and at its locks; it may also have been asleep.");
    }

    static Failure interrupted() {
        return new Failure(
                Diagnosis.STOPPING,
                FailureCode.SHUTTING_DOWN,
                Nature.REQUEST_REJECTED,
                READER_LATER,
                "The wait for the database was interrupted.",
                "Nothing has to be done.");
    }

    static Failure closed() {
        return new Failure(
                Diagnosis.STOPPING,
                FailureCode.SHUTTING_DOWN,
                Nature.REQUEST_REJECTED,
                READER_LATER,
                "The database is closed, because the service is shutting down.",
                "Nothing has to be done.");
    }

    static Failure unexpected() {
        return new Failure(
                Diagnosis.BUG,
                FailureCode.INTERNAL,
                Nature.REQUEST_REJECTED,
                READER_LATER,
                "Work on the database failed in an unexpected way.",
                "Look at the cause in the log at level DEBUG.");
    }

    /** The innermost error of the driver, which says most. */
    static Optional<SQLException> sql(@Nullable Throwable error) {
        return causes(error)
                .filter(SQLException.class::isInstance)
                .map(SQLException.class::cast)
                .reduce((outer, inner) -> inner.getSQLState() == null ? outer : inner);
    }

    /** Whether an open connection broke, for example because the server closed an idle one. */
    static boolean connectionLost(Throwable error) {
        if (causes(error).anyMatch(NoConnection.class::isInstance)
                || causes(error).anyMatch(SocketTimeoutException.class::isInstance)) {
            return false;
        }
        return sql(error)
                .map(SQLException::getSQLState)
                .filter(state -> state.startsWith("08") || state.startsWith("57P"))
                .isPresent();
    }

    /** Whether the database itself closed, so that none of its connections is of use any more. */
    static boolean databaseClosed(Throwable error) {
        return sql(error).map(SQLException::getSQLState).filter(H2_CLOSED::contains).isPresent();
    }

    static Stream<Throwable> causes(@Nullable Throwable error) {
        return Stream.iterate(error, cause -> cause != null, Throwable::getCause).limit(20);
    }
}
