package dev.docent.qdrant;

import com.fasterxml.jackson.databind.JsonNode;
import dev.docent.failure.DependencyException;
import dev.docent.json.Json;
import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpResponse;
import java.nio.channels.UnresolvedAddressException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.stream.Stream;
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
        String said = said(response);
        return switch (status) {
            case 401 -> failures.keyRefused(said, null);
            case 403 -> failures.forbidden(said, null);
            case 404 ->
                    collectionMissing(response)
                            ? failures.collectionMissing(null)
                            : failures.clusterGone(said, null);
            case 400, 409, 422 -> failures.invalid(said, null);
            case 429 ->
                    failures.overloaded(
                            said, response.headers().firstValue("retry-after").orElse(null), null);
            case 507 -> failures.full(said, null);
            default ->
                    failures.broken(
                            "HTTP status " + status + (said.isBlank() ? "" : ", " + said), null);
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

    /** The error within an answer of Qdrant's or of a gateway; else the answer itself. */
    private static String said(HttpResponse<byte[]> response) {
        String text = text(response);
        try {
            JsonNode answer = Json.MAPPER.readTree(response.body());
            return Stream.of("/status/error", "/error/message", "/error", "/message", "/detail")
                    .map(answer::at)
                    .filter(JsonNode::isTextual)
                    .map(JsonNode::textValue)
                    .findFirst()
                    .orElse(text);
        } catch (IOException e) {
            return text;
        }
    }

    private static String text(HttpResponse<byte[]> response) {
        return new String(response.body(), StandardCharsets.UTF_8);
    }
}
