package dev.docent.qdrant;

import dev.docent.failure.DependencyException;
import java.net.ConnectException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpResponse;
import java.nio.channels.UnresolvedAddressException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Explains what an HTTP status means. Source: Qdrant's {@code actix/helpers.rs}. */
final class RestFailures {
    private final QdrantFailures failures;

    RestFailures(QdrantFailures failures) {
        this.failures = failures;
    }

    static boolean collectionMissing(HttpResponse<byte[]> response) {
        return response.statusCode() == 404 && text(response).contains("doesn't exist");
    }

    DependencyException of(HttpResponse<byte[]> response) {
        int status = response.statusCode();
        return switch (status) {
            case 401 -> failures.keyRefused(null);
            case 403 -> failures.forbidden(null);
            case 404 ->
                    collectionMissing(response)
                            ? failures.collectionMissing(null)
                            : failures.clusterGone(null);
            case 400, 409, 422 -> failures.invalid(text(response), null);
            case 429 ->
                    failures.overloaded(
                            response.headers().firstValue("retry-after").orElse(null), null);
            case 507 -> failures.full(null);
            default -> failures.broken("HTTP status " + status, null);
        };
    }

    DependencyException of(Throwable e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            switch (cause) {
                case HttpConnectTimeoutException _ -> {
                    return failures.portBlocked(e);
                }
                case UnresolvedAddressException _ -> {
                    return failures.hostUnknown(e);
                }
                case SSLException _ -> {
                    return failures.tlsFailed(e);
                }
                default -> {}
            }
        }
        return e instanceof ConnectException
                ? failures.refused(e)
                : failures.broken("the connection broke", e);
    }

    DependencyException slow(Duration deadline, Throwable e) {
        return failures.slow(deadline, e);
    }

    DependencyException rubbish(@Nullable Throwable e) {
        return failures.broken("its answer is not what Qdrant answers", e);
    }

    private static String text(HttpResponse<byte[]> response) {
        return new String(response.body(), StandardCharsets.UTF_8);
    }
}
