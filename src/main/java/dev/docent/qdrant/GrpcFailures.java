package dev.docent.qdrant;

import dev.docent.failure.DependencyException;
import dev.docent.waiting.Interrupts;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/**
 * Explains what a gRPC status means. Sources: Qdrant's {@code content_manager/conversions.rs} and
 * {@code tonic/auth.rs}, and for answers of a proxy, grpc-java's {@code
 * GrpcUtil.httpStatusToGrpcStatus}.
 */
final class GrpcFailures {
    private static final Metadata.Key<String> RETRY_AFTER =
            Metadata.Key.of("retry-after", Metadata.ASCII_STRING_MARSHALLER);

    /** Before what netty adds for its own developers. */
    private static final String PIPELINE = " Channel Pipeline: [";

    private final QdrantFailures failures;

    GrpcFailures(QdrantFailures failures) {
        this.failures = failures;
    }

    static boolean collectionMissing(StatusRuntimeException e) {
        return e.getStatus().getCode() == Status.Code.NOT_FOUND
                && description(e).contains("doesn't exist");
    }

    /**
     * The exception for a status.
     *
     * @param connected whether there was a connection when the call ended
     * @param listens tells whether the port takes connections at all
     */
    RuntimeException of(
            StatusRuntimeException e,
            Duration deadline,
            boolean connected,
            BooleanSupplier listens) {
        String description = description(e);
        return switch (e.getStatus().getCode()) {
            case UNAUTHENTICATED -> failures.keyRefused(description, e);
            case PERMISSION_DENIED -> failures.forbidden(description, e);
            case NOT_FOUND ->
                    collectionMissing(e)
                            ? failures.collectionMissing(e)
                            : failures.clusterGone(description, e);
            case UNIMPLEMENTED -> failures.clusterGone(description, e);
            case INVALID_ARGUMENT, FAILED_PRECONDITION, ALREADY_EXISTS, OUT_OF_RANGE ->
                    failures.invalid(description, e);
            case DEADLINE_EXCEEDED -> {
                if (connected) {
                    yield failures.slow(deadline, e);
                }
                yield listens.getAsBoolean()
                        ? failures.silent(deadline, e)
                        : failures.portBlocked(deadline, e);
            }
            case RESOURCE_EXHAUSTED -> exhausted(e, description);
            case CANCELLED -> cancelled(e, description);
            case UNAVAILABLE, UNKNOWN, INTERNAL, ABORTED, DATA_LOSS, OK ->
                    unavailable(e, description);
        };
    }

    private DependencyException exhausted(StatusRuntimeException e, String description) {
        if (description.contains("storage") || description.contains("Out of memory")) {
            return failures.full(description, e);
        }
        Metadata trailers = e.getTrailers();
        return failures.overloaded(
                description, trailers == null ? null : trailers.get(RETRY_AFTER), e);
    }

    private RuntimeException cancelled(StatusRuntimeException e, String description) {
        if (Thread.currentThread().isInterrupted()) {
            return Interrupts.cancelled("the call was interrupted", e);
        }
        return failures.broken("the call was cancelled, " + description, e);
    }

    private DependencyException unavailable(StatusRuntimeException e, String description) {
        StringBuilder all = new StringBuilder(description);
        for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
            all.append(' ').append(cause);
        }
        String chain = all.toString();
        if (chain.contains("First received frame was not SETTINGS")) {
            // An alert of TLS, by which a server that knows nothing else refuses.
            return chain.contains("Hex dump for first 5 bytes: 1503")
                    ? failures.tlsNeeded("", e)
                    : failures.otherProtocol(e);
        }
        if (chain.contains("closed while performing TLS negotiation")) {
            return failures.tlsClosed(e);
        }
        if (chain.contains("Network closed for unknown reason")
                || chain.contains("Connection reset")) {
            return failures.hungUp(e);
        }
        if (chain.contains("ConnectTimeoutException")) {
            return failures.portBlocked(e);
        }
        if (chain.contains("UnknownHostException")) {
            return failures.hostUnknown(e);
        }
        if (chain.contains("Connection refused")) {
            return failures.refused(e);
        }
        if (chain.contains("SSLHandshakeException") || chain.contains("NotSslRecordException")) {
            return failures.tlsFailed(e);
        }
        return failures.broken(description.isEmpty() ? "no reason given" : description, e);
    }

    private static String description(StatusRuntimeException e) {
        String description = e.getStatus().getDescription();
        if (description == null) {
            return "";
        }
        int end = description.indexOf(PIPELINE);
        return end < 0 ? description : description.substring(0, end);
    }
}
