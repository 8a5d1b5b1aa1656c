package dev.docent.qdrant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.docent.config.Secret;
import dev.docent.config.ServiceUrl;
import dev.docent.failure.DependencyException;
import dev.docent.failure.Diagnosis;
import dev.docent.failure.Failure;
import dev.docent.failure.Failure.Nature;
import dev.docent.failure.FailureCode;
import dev.docent.qdrant.FakeQdrant.Fault;
import io.grpc.Metadata;
import io.grpc.Status;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the owner is told of each fault, over both protocols. */
@Execution(ExecutionMode.CONCURRENT)
@ParameterizedClass(name = "rest: {0}")
@ValueSource(booleans = {false, true})
class QdrantFaultTest {
    private static final Duration LONG = Duration.ofSeconds(20);
    private static final Duration SHORT = Duration.ofSeconds(2);
    private static final float[] VECTOR = {1, 0, 0, 0};

    private final boolean rest;

    QdrantFaultTest(boolean rest) {
        this.rest = rest;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    UNAUTHENTICATED    | Invalid API key or JWT             | CREDENTIAL_REJECTED | RETRIEVAL_FAILED | does not accept the API key.
                    PERMISSION_DENIED  | Forbidden: access                  | CREDENTIAL_REJECTED | RETRIEVAL_FAILED | accepts the API key but denies it this access.
                    NOT_FOUND          | 404 page not found                 | UNAVAILABLE         | RETRIEVAL_FAILED | is not there: something answers at this address, but it is not Qdrant.
                    UNIMPLEMENTED      | HTTP status code 404               | UNAVAILABLE         | RETRIEVAL_FAILED | is not there: something answers at this address, but it is not Qdrant.
                    INVALID_ARGUMENT   | Wrong input: something             | REQUEST_REJECTED | RETRIEVAL_FAILED | refused a request:
                    INVALID_ARGUMENT   | Index required but not found for x | MISCONFIGURED       | RETRIEVAL_FAILED | refused a request:
                    RESOURCE_EXHAUSTED | Rate limiting exceeded             | UNAVAILABLE         | OVERLOADED       | limits the rate of requests, and it is reached.
                    RESOURCE_EXHAUSTED | Insufficient storage: no disk      | EXHAUSTED           | RETRIEVAL_FAILED | has no memory or disk left.
                    UNAVAILABLE        | Shard temporarily unavailable      | UNAVAILABLE         | RETRIEVAL_FAILED | failed:
                    INTERNAL           | Service internal error             | UNAVAILABLE         | RETRIEVAL_FAILED | failed:
                    """)
    void saysWhatAnAnswerMeans(
            Status.Code code, String text, Nature nature, FailureCode wire, String owner)
            throws Exception {
        try (FakeQdrant fake = fake();
                QdrantIndex index = index(port(fake), LONG)) {
            fake.fault(new Fault.Refuse(code.toStatus().withDescription(text)));
            Failure failure = failure(index);
            assertThat(failure.nature()).isEqualTo(nature);
            assertThat(failure.code()).isEqualTo(wire);
            assertThat(failure.owner())
                    .startsWith("Qdrant at 127.0.0.1:" + port(fake) + " " + owner);
        }
    }

    @Test
    void saysThatTheServerRunsInRecoveryMode() throws Exception {
        try (FakeQdrant fake = fake();
                QdrantIndex index = index(port(fake), LONG)) {
            fake.fault(
                    new Fault.Refuse(
                            Status.INTERNAL.withDescription(
                                    "Service internal error: 1 of 1 read operations failed:\n"
                                            + "  Service internal error: Failed to Get Info,  Qdrant"
                                            + " was killed during initialization. Most likely it's"
                                            + " Out-of-Memory.")));
            Failure failure = failure(index);
            assertThat(failure.nature()).isEqualTo(Nature.UNAVAILABLE);
            assertThat(failure.owner())
                    .startsWith(
                            "Qdrant at 127.0.0.1:%d runs in recovery mode and answers no search: Qdrant was killed during initialization. Most likely it's Out-of-Memory."
                                    .formatted(port(fake)));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    book           | "book"
                    book-docent-v1 | "book-docent-v1"
                    """)
    void saysWhichCollectionAKeyIsForAndWhichIsNeeded(String collection, String quoted)
            throws Exception {
        String claims =
                "{\"access\":[{\"collection\":\"%s\",\"access\":\"r\"}]}".formatted(collection);
        String key =
                "eyJhbGciOiJIUzI1NiJ9."
                        + Base64.getUrlEncoder()
                                .withoutPadding()
                                .encodeToString(claims.getBytes(StandardCharsets.UTF_8))
                        + ".c2ln";
        try (FakeQdrant fake = new FakeQdrant(new FakeStore(), key)) {
            fake.store().forbid("book-docent");
            if (!collection.equals("book")) {
                fake.store().forbid("book");
            }
            QdrantSettings settings = TestServer.fakeSettings(port(fake), "book", LONG, rest);
            QdrantSettings own =
                    new QdrantSettings(
                            settings.url(), Secret.of(key), "book", LONG, settings.transport());
            try (QdrantIndex index = new QdrantIndex(own)) {
                Failure failure = failure(index);
                assertThat(failure.nature()).isEqualTo(Nature.CREDENTIAL_REJECTED);
                assertThat(failure.owner())
                        .isEqualTo(
                                "The API key of Qdrant is for %s, and \"book-docent\" is searched, or \"book\" where another program fills it."
                                        .formatted(quoted));
                assertThat(failure.action())
                        .isEqualTo(
                                "Create a key that may read \"book-docent\"; to ingest, one that may also create collections.");
            }
        }
    }

    @Test
    void passesOnHowLongTheServerWantsToBeLeftAlone() throws Exception {
        try (FakeQdrant fake = fake();
                QdrantIndex index = index(port(fake), LONG)) {
            Metadata trailers = new Metadata();
            trailers.put(FakeRest.RETRY_AFTER, "7");
            fake.fault(new Fault.Refuse(Status.RESOURCE_EXHAUSTED, trailers));
            assertThat(failure(index).retryAfter()).contains(Duration.ofSeconds(7));
        }
    }

    @Test
    void tellsAMissingCollectionFromAMissingCluster() throws Exception {
        try (FakeQdrant fake = fake();
                QdrantIndex index = index(port(fake), LONG)) {
            assertThat(failure(index))
                    .isEqualTo(
                            new Failure(
                                    Diagnosis.QDRANT_NO_COLLECTION,
                                    FailureCode.RETRIEVAL_FAILED,
                                    Nature.MISCONFIGURED,
                                    "The search in this documentation is not available at the"
                                            + " moment; please try again later.",
                                    "Qdrant at 127.0.0.1:%d answers, but has no collection \"book\"."
                                            .formatted(port(fake)),
                                    "Set QDRANT_COLLECTION to one that it has, or fill it: docent"
                                            + " ingest DIR"));
            assertThat(index.state().passages()).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "another-key"})
    void asksForTheRightKey(String key) throws Exception {
        try (FakeQdrant fake = fake()) {
            QdrantSettings settings = TestServer.fakeSettings(port(fake), "book", LONG, rest);
            QdrantSettings wrong =
                    new QdrantSettings(
                            settings.url(),
                            key.isEmpty() ? null : Secret.of(key),
                            "book",
                            LONG,
                            settings.transport());
            try (QdrantIndex index = new QdrantIndex(wrong)) {
                assertThat(failure(index).owner())
                        .endsWith(
                                key.isEmpty()
                                        ? "asks for an API key and none is set. It says: Must provide"
                                                + " an API key or an Authorization bearer token."
                                        : "does not accept the API key. It says: Invalid API key or"
                                                + " JWT.");
            }
        }
    }

    @Test
    void givesUpOnAServerThatHangs() throws Exception {
        try (FakeQdrant fake = fake();
                QdrantIndex index = index(port(fake), SHORT)) {
            assertThat(index.state().passages()).isZero();
            fake.fault(new Fault.Hang());
            Failure failure = failure(index);
            assertThat(failure.code()).isEqualTo(FailureCode.TIMEOUT);
            assertThat(failure.nature()).isEqualTo(Nature.UNAVAILABLE);
            assertThat(failure.owner()).endsWith("did not answer within 2000 ms.");
        }
    }

    @Test
    void survivesAConnectionThatIsCutInTheMiddle() throws Exception {
        try (FakeQdrant fake = fake();
                QdrantIndex index = index(port(fake), LONG)) {
            assertThat(index.state().passages()).isZero();
            fake.forgetCalls();
            fake.fault(new Fault.Hang());
            FutureTask<Failure> waiting = new FutureTask<>(() -> failure(index));
            Thread.startVirtualThread(waiting);
            fake.awaitCall();
            fake.cut();
            assertThat(waiting.get(30, TimeUnit.SECONDS).nature()).isEqualTo(Nature.UNAVAILABLE);
        }
    }

    @Test
    void endsAtOnceWhenTheCallerIsInterrupted() throws Exception {
        try (FakeQdrant fake = fake();
                QdrantIndex index = index(port(fake), Duration.ofMinutes(5))) {
            assertThat(index.state().passages()).isZero();
            fake.forgetCalls();
            fake.fault(new Fault.Hang());
            CountDownLatch flagKept = new CountDownLatch(1);
            FutureTask<CancellationException> waiting =
                    new FutureTask<>(() -> {
                        CancellationException thrown =
                                catchThrowableOfType(CancellationException.class, index::state);
                        if (Thread.currentThread().isInterrupted()) {
                            flagKept.countDown();
                        }
                        return thrown;
                    });
            Thread caller = Thread.startVirtualThread(waiting);
            fake.awaitCall();
            caller.interrupt();
            assertThat(waiting.get(30, TimeUnit.SECONDS)).isNotNull();
            assertThat(flagKept.getCount()).isZero();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    REFUSES | RETRIEVAL_FAILED | refuses connections.                            | refuses connections.
                    FULL    | TIMEOUT          | No connection to                                | No connection to
                    SILENT  | TIMEOUT          | takes the connection and says nothing within    | did not answer within 2000 ms.
                    RESETS  | RETRIEVAL_FAILED | takes the connection and closes it              | takes the connection and closes it
                    CLOSES  | RETRIEVAL_FAILED | takes the connection and closes it              | takes the connection and closes it
                    BABBLES | RETRIEVAL_FAILED | does not speak gRPC on this port.               | does not speak REST on this port.
                    ALERTS  | RETRIEVAL_FAILED | does not take connections without TLS.          | takes the connection and closes it
                    PROXY   | RETRIEVAL_FAILED | does not speak gRPC on this port.               | is not there: something answers at this address, but it is not Qdrant.
                    """)
    void saysWhatIsBehindAPort(
            BrokenServer.Kind kind, FailureCode code, String overGrpc, String overRest)
            throws Exception {
        Duration timeout =
                kind == BrokenServer.Kind.FULL || kind == BrokenServer.Kind.SILENT ? SHORT : LONG;
        try (BrokenServer server = kind.start();
                QdrantIndex index = index(server.port(), timeout)) {
            Failure failure = failure(index);
            assertThat(failure.code()).isEqualTo(code);
            assertThat(failure.owner()).contains(rest ? overRest : overGrpc);
        }
    }

    @Test
    void saysThatThePortMayBeBlocked() throws Exception {
        try (BrokenServer server = BrokenServer.Kind.FULL.start();
                QdrantIndex index = index(server.port(), SHORT)) {
            assertThat(failure(index).action())
                    .isEqualTo(
                            rest
                                    ? "Look whether the host is right and running."
                                    : "The port may be blocked here: use the URL with :443, which"
                                            + " speaks REST.");
        }
    }

    @Test
    void saysThatAServerHasNoTls() throws Exception {
        try (BrokenServer server = BrokenServer.Kind.BABBLES.start()) {
            QdrantSettings plain = TestServer.fakeSettings(server.port(), "book", LONG, rest);
            QdrantSettings tls =
                    new QdrantSettings(
                            ServiceUrl.parse("https://" + plain.address()),
                            plain.apiKey(),
                            "book",
                            LONG,
                            plain.transport());
            try (QdrantIndex index = new QdrantIndex(tls)) {
                assertThat(failure(index).owner())
                        .isEqualTo(
                                "The TLS handshake with Qdrant at 127.0.0.1:%d failed."
                                        .formatted(server.port()));
            }
        }
    }

    @Test
    void saysThatTheConnectionWasClosedInTheHandshakeOfTls() throws Exception {
        try (BrokenServer server = BrokenServer.Kind.CLOSES.start()) {
            QdrantSettings plain = TestServer.fakeSettings(server.port(), "book", LONG, rest);
            QdrantSettings tls =
                    new QdrantSettings(
                            ServiceUrl.parse("https://" + plain.address()),
                            plain.apiKey(),
                            "book",
                            LONG,
                            plain.transport());
            try (QdrantIndex index = new QdrantIndex(tls)) {
                Failure failure = failure(index);
                assertThat(failure.diagnosis()).isEqualTo(Diagnosis.QDRANT_TLS);
                assertThat(failure.owner())
                        .startsWith("Qdrant at 127.0.0.1:" + server.port())
                        .endsWith("closed the connection during the TLS handshake.");
                assertThat(failure.action()).contains("http://");
            }
        }
    }

    @Test
    void neverShowsTheKey() throws Exception {
        for (BrokenServer.Kind kind : BrokenServer.Kind.values()) {
            try (BrokenServer server = kind.start();
                    QdrantIndex index = index(server.port(), Duration.ofMillis(500))) {
                assertThat(failure(index).toString()).doesNotContain("the-key");
            }
        }
    }

    private static Failure failure(QdrantIndex index) {
        return catchThrowableOfType(
                        DependencyException.class, () -> index.search("question", VECTOR, 5))
                .failure();
    }

    private QdrantIndex index(int port, Duration timeout) {
        return new QdrantIndex(TestServer.fakeSettings(port, "book", timeout, rest));
    }

    private int port(FakeQdrant fake) {
        return rest ? fake.restPort() : fake.grpcPort();
    }

    private static FakeQdrant fake() throws Exception {
        return new FakeQdrant(new FakeStore(), "the-key");
    }
}
