package dev.docent.qdrant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpServer;
import dev.docent.Told;
import dev.docent.config.QdrantProtocol;
import dev.docent.config.Secret;
import dev.docent.config.ServiceUrl;
import dev.docent.failure.DependencyException;
import dev.docent.failure.Failure;
import dev.docent.failure.Failure.Nature;
import dev.docent.qdrant.FakeQdrant.Fault;
import io.grpc.Status;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What Qdrant, and the gateway of Qdrant Cloud, say, and what the owner reads of it. */
class QdrantCausesTest {
    private static final Duration LONG = Duration.ofSeconds(20);
    private static final String KEY = "qdrant-canary-0815";
    private static final String READER =
            "The search in this documentation is not available at the moment; please try again"
                    + " later.";

    /** What the gateway sends for a missing or wrong key: qdrant-client #127, qdrant-js #74. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\u0001',
            textBlock =
                    """
                    403 | {"error":"forbidden"} | CREDENTIAL_REJECTED | DOCENT-057 | 78 | does not accept the API key. It says: forbidden. | Create a database key
                    403 | forbidden | CREDENTIAL_REJECTED | DOCENT-057 | 78 | does not accept the API key. It says: forbidden. | Create a database key
                    403 | <html><title>403 Forbidden</title></html> | CREDENTIAL_REJECTED | DOCENT-057 | 78 | does not accept the API key. It says: 403 Forbidden. | Create a database key
                    403 | {"status":{"error":"Forbidden: Global access is required"},"time":0.1} | CREDENTIAL_REJECTED | DOCENT-058 | 78 | accepts the API key but denies it this access. It says: Forbidden: Global access is required. | Use a key that may read
                    401 | Must provide an API key or an Authorization bearer token | CREDENTIAL_REJECTED | DOCENT-057 | 78 | does not accept the API key. It says: Must provide an API key or an Authorization bearer token. | Create a database key
                    401 | | CREDENTIAL_REJECTED | DOCENT-057 | 78 | does not accept the API key. | Create a database key
                    401 | Invalid API key or JWT | CREDENTIAL_REJECTED | DOCENT-057 | 78 | does not accept the API key. It says: Invalid API key or JWT. | Create a database key
                    404 | 404 page not found | UNAVAILABLE | DOCENT-060 | 75 | is not there: something answers at this address, but it is not Qdrant. It says: 404 page not found. | suspended
                    404 | {"status":{"error":"Not found: Collection `book` doesn't exist!"}} | MISCONFIGURED | DOCENT-059 | 78 | answers, but has no collection "book". | QDRANT_COLLECTION
                    400 | {"status":{"error":"Wrong input: Not existing vector name error: "}} | MISCONFIGURED | DOCENT-070 | 78 | refused a request: Wrong input: Not existing vector name error:. | fill this one anew
                    422 | {"status":{"error":"Unprocessable: limit"}} | REQUEST_REJECTED | DOCENT-070 | 78 | refused a request: Unprocessable: limit. | strict mode
                    429 | {"status":{"error":"Rate limiting exceeded: read requests, retry after 3s"}} | UNAVAILABLE | DOCENT-067 | 75 | limits the rate of requests, and it is reached. It says: Rate limiting exceeded: read requests, retry after 3s. | rate limit
                    500 | {"status":{"error":"Service internal error: task panicked"}} | UNAVAILABLE | DOCENT-069 | 75 | failed: HTTP status 500, Service internal error: task panicked. | tried again
                    502 | <html><head><title>502 Bad Gateway</title></head></html> | UNAVAILABLE | DOCENT-069 | 75 | failed: HTTP status 502, 502 Bad Gateway. | tried again
                    503 | {"status":{"error":"Service unavailable"}} | UNAVAILABLE | DOCENT-069 | 75 | failed: HTTP status 503, Service unavailable. | tried again
                    503 | upstream connect error or disconnect/reset before headers | UNAVAILABLE | DOCENT-069 | 75 | failed: HTTP status 503, upstream connect error or disconnect/reset before headers. | tried again
                    503 | サービス停止中 | UNAVAILABLE | DOCENT-069 | 75 | failed: HTTP status 503, サービス停止中. | tried again
                    507 | {"status":{"error":"Insufficient storage: no disk space"}} | EXHAUSTED | DOCENT-068 | 75 | has no memory or disk left. It says: Insufficient storage: no disk space. | larger cluster
                    200 | <html>Please log in</html> | UNAVAILABLE | DOCENT-060 | 75 | is not there: something answers at this address, but it is not Qdrant. It says: Please log in. | correct QDRANT_URL
                    200 | {"ok":true} | UNAVAILABLE | DOCENT-060 | 75 | is not there: something answers at this address, but it is not Qdrant. It says: {"ok":true}. | correct QDRANT_URL
                    200 | | UNAVAILABLE | DOCENT-060 | 75 | is not there: something answers at this address, but it is not Qdrant. | correct QDRANT_URL
                    302 | <html>Moved</html> | UNAVAILABLE | DOCENT-060 | 75 | is not there: something answers at this address, but it is not Qdrant. It says: HTTP status 302, Moved. | correct QDRANT_URL
                    407 | <html><title>Proxy Authentication Required</title></html> | UNAVAILABLE | DOCENT-060 | 75 | is not there: something answers at this address, but it is not Qdrant. It says: HTTP status 407, Proxy Authentication Required. | correct QDRANT_URL
                    451 | | UNAVAILABLE | DOCENT-060 | 75 | is not there: something answers at this address, but it is not Qdrant. It says: HTTP status 451. | correct QDRANT_URL
                    408 | <html><h1>408 Request Time-out</h1></html> | UNAVAILABLE | DOCENT-069 | 75 | failed: HTTP status 408, 408 Request Time-out. | tried again
                    400 | <html><title>400 The plain HTTP request was sent to HTTPS port</title></html> | MISCONFIGURED | DOCENT-065 | 78 | does not take connections without TLS. It says: 400 The plain HTTP request was sent to HTTPS port. | https://
                    400 | Client sent an HTTP request to an HTTPS server. | MISCONFIGURED | DOCENT-065 | 78 | does not take connections without TLS. It says: Client sent an HTTP request to an HTTPS server. | https://
                    413 | {"status":{"error":"Payload reached size limit."}} | REQUEST_REJECTED | DOCENT-070 | 78 | refused a request: Payload reached size limit. | strict mode
                    """)
    void tellsWhatAnAnswerOverRestMeans(
            int status,
            @Nullable String body,
            Nature nature,
            String code,
            int exitCode,
            String owner,
            String action)
            throws IOException {
        Failure failure = overRest(status, body == null ? "" : body);
        assertThat(failure.nature()).isEqualTo(nature);
        assertThat(failure.owner()).contains(" " + owner);
        assertThat(failure.action()).contains(action);
        assertThat(failure.reader()).isEqualTo(READER);
        Told.everywhere("qdrant", failure, code, exitCode);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\u0001',
            textBlock =
                    """
                    PERMISSION_DENIED | HTTP status code 403 | CREDENTIAL_REJECTED | DOCENT-057 | 78 | does not accept the API key. It says: HTTP status code 403.
                    PERMISSION_DENIED | forbidden | CREDENTIAL_REJECTED | DOCENT-057 | 78 | does not accept the API key. It says: forbidden.
                    PERMISSION_DENIED | Forbidden: Access to collection book is required | CREDENTIAL_REJECTED | DOCENT-058 | 78 | accepts the API key but denies it this access. It says: Forbidden: Access to collection book is required.
                    UNAUTHENTICATED | Invalid API key or JWT | CREDENTIAL_REJECTED | DOCENT-057 | 78 | does not accept the API key. It says: Invalid API key or JWT.
                    NOT_FOUND | 404 page not found | UNAVAILABLE | DOCENT-060 | 75 | is not there: something answers at this address, but it is not Qdrant. It says: 404 page not found.
                    UNIMPLEMENTED | unknown service qdrant.Collections | UNAVAILABLE | DOCENT-060 | 75 | is not there: something answers at this address, but it is not Qdrant. It says: unknown service qdrant.Collections.
                    RESOURCE_EXHAUSTED | Rate limiting exceeded: read | UNAVAILABLE | DOCENT-067 | 75 | limits the rate of requests, and it is reached. It says: Rate limiting exceeded: read.
                    RESOURCE_EXHAUSTED | Out of memory | EXHAUSTED | DOCENT-068 | 75 | has no memory or disk left. It says: Out of memory.
                    FAILED_PRECONDITION | Index required but not found for "x" | MISCONFIGURED | DOCENT-070 | 78 | refused a request: Index required but not found for "x".
                    UNAVAILABLE | HTTP status code 503 | UNAVAILABLE | DOCENT-069 | 75 | failed: HTTP status code 503.
                    INTERNAL | Service internal error: 1 of 1 read operations failed | UNAVAILABLE | DOCENT-069 | 75 | failed: Service internal error: 1 of 1 read operations failed.
                    """)
    void tellsWhatAnAnswerOverGrpcMeans(
            Status.Code status,
            String text,
            Nature nature,
            String code,
            int exitCode,
            String owner) {
        try (FakeQdrant fake = FakeQdrant.start(KEY)) {
            fake.fault(new Fault.Refuse(status.toStatus().withDescription(text)));
            Failure failure = failure(fake.grpcPort(), QdrantProtocol.GRPC);
            assertThat(failure.nature()).isEqualTo(nature);
            assertThat(failure.owner()).endsWith(" " + owner);
            assertThat(failure.reader()).isEqualTo(READER);
            Told.everywhere("qdrant", failure, code, exitCode);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403, 404, 422, 429, 500, 507})
    void boundsAndCleansWhatIsSaid(int status) throws IOException {
        String said = "\u001b[31m" + KEY + " no\u202e\n\0".repeat(90_000);
        Failure failure = overRest(status, said);
        assertThat(failure.owner()).hasSizeLessThan(500).doesNotContain("canary");
        assertThat(failure.owner().chars().noneMatch(Character::isISOControl)).isTrue();
    }

    private static Failure overRest(int status, String body) throws IOException {
        HttpServer server =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 9);
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        server.createContext(
                "/",
                exchange -> {
                    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
                    exchange.getResponseBody().write(bytes);
                    exchange.close();
                });
        server.start();
        try {
            return failure(server.getAddress().getPort(), QdrantProtocol.REST);
        } finally {
            server.stop(0);
        }
    }

    private static Failure failure(int port, QdrantProtocol protocol) {
        QdrantSettings settings =
                new QdrantSettings(
                        ServiceUrl.parse("http://127.0.0.1:" + port),
                        Secret.of(KEY),
                        "book",
                        LONG,
                        protocol);
        try (QdrantIndex index = new QdrantIndex(settings)) {
            return catchThrowableOfType(
                            DependencyException.class, () -> index.search("x", new float[] {1}, 1))
                    .failure();
        }
    }
}
