package dev.docent.qdrant;

import com.fasterxml.jackson.databind.JsonNode;
import dev.docent.json.Json;
import dev.docent.waiting.TimeLimit;
import dev.docent.waiting.TimeLimit.Leftover;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Sends requests to Qdrant's REST API and returns the {@code result} of the answers. */
final class RestCalls implements AutoCloseable {
    private final QdrantSettings settings;
    private final RestFailures failures;
    private final HttpClient http;
    private final String root;

    RestCalls(QdrantSettings settings) {
        this.settings = settings;
        failures = new RestFailures(new QdrantFailures(settings));
        root = (settings.tls() ? "https://" : "http://") + settings.address() + settings.prefix();
        http =
                HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .connectTimeout(settings.connectTimeout())
                        .executor(Executors.newVirtualThreadPerTaskExecutor())
                        .build();
    }

    /** The result; empty if the server has no such collection. */
    Optional<JsonNode> readIfThere(String path) {
        HttpResponse<byte[]> response = send("GET", path, null, settings.timeout());
        return RestFailures.collectionMissing(response)
                ? Optional.empty()
                : Optional.of(result(response));
    }

    JsonNode read(String method, String path, @Nullable JsonNode body) {
        return result(send(method, path, body, settings.timeout()));
    }

    void write(String method, String path, @Nullable JsonNode body) {
        result(send(method, path, body, settings.writeTimeout()));
    }

    private HttpResponse<byte[]> send(
            String method, String path, @Nullable JsonNode body, Duration deadline) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(root + path))
                        .header("Content-Type", "application/json")
                        .method(
                                method,
                                body == null
                                        ? BodyPublishers.noBody()
                                        : BodyPublishers.ofByteArray(Json.bytes(body)));
        if (settings.apiKey() != null) {
            request.header("api-key", settings.apiKey().reveal());
        }
        // HttpRequest.timeout ends with the headers; waiting for the future covers the body too.
        CompletableFuture<HttpResponse<byte[]>> response =
                http.sendAsync(
                        request.build(),
                        BodyHandlers.limiting(
                                BodyHandlers.ofByteArray(), Transport.MAX_ANSWER_BYTES));
        try {
            return new TimeLimit(deadline, Leftover.INTERRUPT).await(response);
        } catch (ExecutionException e) {
            throw failures.of(e.getCause() == null ? e : e.getCause());
        } catch (TimeoutException e) {
            throw failures.slow(deadline, e);
        }
    }

    private JsonNode result(HttpResponse<byte[]> response) {
        if (response.statusCode() != 200) {
            throw failures.of(response);
        }
        try {
            JsonNode result = Json.MAPPER.readTree(response.body()).get("result");
            if (result != null) {
                return result;
            }
        } catch (IOException _) {
            // is no JSON, which Qdrant answers always
        }
        throw failures.of(response);
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
