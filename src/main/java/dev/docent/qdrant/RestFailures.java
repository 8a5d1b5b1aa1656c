package dev.docent.qdrant;

import dev.docent.failure.DependencyException;
import dev.docent.json.Json;
import java.net.ConnectException;
import java.net.ProtocolException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpResponse;
import java.nio.channels.UnresolvedAddressException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import javax.net.ssl.SSLException;

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
        String said = Json.said(text(response));
        if (said.contains("HTTPS port") || said.contains("HTTPS server")) {
            return failures.tlsNeeded(said, null);
        }
        return switch (status) {
            case 200 -> failures.clusterGone(said, null);
            case 401 -> failures.keyRefused(said, null);
            case 403 -> failures.forbidden(said, null);
            case 404 ->
                    collectionMissing(response)
                            ? failures.collectionMissing(null)
                            : failures.clusterGone(said, null);
            case 400, 409, 413, 422 -> failures.invalid(said, null);
            case 429 ->
                    failures.overloaded(
                            said, response.headers().firstValue("retry-after").orElse(null), null);
            case 507 -> failures.full(said, null);
            case 408, 425, 499 -> failures.broken(status(response, said), null);
            default ->
                    status < 500
                            ? failures.clusterGone(status(response, said), null)
                            : failures.broken(status(response, said), null);
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
                case SSLException tls -> {
                    return String.valueOf(tls.getMessage()).contains("terminated the handshake")
                            ? failures.tlsClosed(e)
                            : failures.tlsFailed(e);
                }
                case ConnectException _ -> {
                    return failures.refused(e);
                }
                case ProtocolException _ -> {
                    return failures.otherProtocol(e);
                }
                default -> {}
            }
        }
        return failures.hungUp(e);
    }

    private static String status(HttpResponse<byte[]> response, String said) {
        String to =
                response.headers().firstValue("location").map(where -> " to " + where).orElse("");
        return "HTTP status " + response.statusCode() + to + (said.isBlank() ? "" : ", " + said);
    }

    DependencyException slow(Duration deadline, Throwable e) {
        return failures.slow(deadline, e);
    }

    private static String text(HttpResponse<byte[]> response) {
        return new String(response.body(), StandardCharsets.UTF_8);
    }
}
