package dev.docent.qdrant;

import dev.docent.config.QdrantProtocol;
import dev.docent.config.Secret;
import dev.docent.config.ServiceUrl;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.MetadataUtils;
import io.qdrant.client.PointIdFactory;
import io.qdrant.client.VectorsFactory;
import io.qdrant.client.grpc.Collections.CreateCollection;
import io.qdrant.client.grpc.Collections.DeleteCollection;
import io.qdrant.client.grpc.Collections.Distance;
import io.qdrant.client.grpc.Collections.ListCollectionsRequest;
import io.qdrant.client.grpc.Collections.VectorParams;
import io.qdrant.client.grpc.Collections.VectorsConfig;
import io.qdrant.client.grpc.CollectionsGrpc;
import io.qdrant.client.grpc.CollectionsGrpc.CollectionsBlockingStub;
import io.qdrant.client.grpc.Points.PointStruct;
import io.qdrant.client.grpc.Points.UpsertPoints;
import io.qdrant.client.grpc.PointsGrpc;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A server for one test with a collection name of its own: the fake, or a real one. */
final class TestServer implements AutoCloseable {
    private static final Duration TIMEOUT = Duration.ofSeconds(20);
    private static final @Nullable String REAL = System.getenv("QDRANT_TEST_URL");
    private static final @Nullable String REAL_REST_URL = System.getenv("QDRANT_TEST_REST_URL");

    private final @Nullable FakeQdrant fake;
    private final QdrantSettings settings;
    private final ManagedChannel channel;

    /** What a test runs against. */
    enum Kind {
        FAKE_GRPC,
        FAKE_REST,
        /** {@code QDRANT_TEST_URL}, for example {@code http://localhost:6334}: the gRPC port. */
        REAL_GRPC,
        /**
         * The same server at {@code QDRANT_TEST_REST_URL}, such as {@code http://localhost:6333}.
         */
        REAL_REST;

        static List<Kind> all() {
            List<Kind> kinds = new ArrayList<>(List.of(FAKE_GRPC, FAKE_REST));
            if (REAL != null && !REAL.isBlank()) {
                kinds.add(REAL_GRPC);
                if (REAL_REST_URL != null && !REAL_REST_URL.isBlank()) {
                    kinds.add(REAL_REST);
                }
            }
            return kinds;
        }

        TestServer start() throws Exception {
            return new TestServer(this);
        }
    }

    private TestServer(Kind kind) throws Exception {
        String collection = "docent-test-" + UUID.randomUUID();
        if (kind == Kind.REAL_GRPC || kind == Kind.REAL_REST) {
            fake = null;
            QdrantSettings grpc = real(String.valueOf(REAL), collection, QdrantProtocol.GRPC);
            settings =
                    kind == Kind.REAL_GRPC
                            ? grpc
                            : real(String.valueOf(REAL_REST_URL), collection, QdrantProtocol.REST);
            channel = channel(grpc);
            return;
        }
        boolean rest = kind == Kind.FAKE_REST;
        fake = new FakeQdrant(new FakeStore(), "the-key");
        QdrantSettings grpc = fakeSettings(fake.grpcPort(), collection, TIMEOUT, false);
        settings = rest ? fakeSettings(fake.restPort(), collection, TIMEOUT, true) : grpc;
        channel = channel(grpc);
    }

    private static QdrantSettings real(String url, String collection, QdrantProtocol transport) {
        String key = System.getenv("QDRANT_TEST_API_KEY");
        return new QdrantSettings(
                ServiceUrl.parse(url),
                key == null || key.isBlank() ? null : Secret.of(key),
                collection,
                TIMEOUT,
                transport);
    }

    static QdrantSettings fakeSettings(
            int port, String collection, Duration timeout, boolean rest) {
        return new QdrantSettings(
                ServiceUrl.parse("http://127.0.0.1:" + port),
                Secret.of("the-key"),
                collection,
                timeout,
                rest ? QdrantProtocol.REST : QdrantProtocol.GRPC);
    }

    QdrantSettings settings() {
        return settings;
    }

    /** The fake; only for tests that run on nothing else. */
    FakeQdrant fake() {
        if (fake == null) {
            throw new IllegalStateException("this is a real server");
        }
        return fake;
    }

    /** Creates the configured collection as the older ingester does. */
    void createOldCollection(int dimension) {
        collections()
                .create(
                        CreateCollection.newBuilder()
                                .setCollectionName(settings.collection())
                                .setVectorsConfig(
                                        VectorsConfig.newBuilder()
                                                .setParams(
                                                        VectorParams.newBuilder()
                                                                .setSize(dimension)
                                                                .setDistance(Distance.Cosine)))
                                .build());
    }

    /** Adds a point as the older ingester does. */
    void putOld(UUID id, Map<String, Object> payload, float... vector) {
        PointStruct.Builder point =
                PointStruct.newBuilder()
                        .setId(PointIdFactory.id(id))
                        .setVectors(VectorsFactory.vectors(vector));
        payload.forEach((field, value) -> point.putPayload(field, GrpcMessages.write(value)));
        PointsGrpc.newBlockingStub(channel)
                .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(key(settings)))
                .upsert(
                        UpsertPoints.newBuilder()
                                .setCollectionName(settings.collection())
                                .setWait(true)
                                .addPoints(point)
                                .build());
    }

    List<String> collectionNames() {
        return collections()
                .list(ListCollectionsRequest.getDefaultInstance())
                .getCollectionsList()
                .stream()
                .map(each -> each.getName())
                .filter(name -> name.startsWith(settings.collection()))
                .sorted()
                .toList();
    }

    @Override
    public void close() {
        if (fake == null) {
            for (String name : collectionNames()) {
                DeleteCollection request =
                        DeleteCollection.newBuilder().setCollectionName(name).build();
                collections().delete(request);
            }
        }
        channel.shutdownNow();
        if (fake != null) {
            fake.close();
        }
    }

    private CollectionsBlockingStub collections() {
        return CollectionsGrpc.newBlockingStub(channel)
                .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(key(settings)));
    }

    private static ManagedChannel channel(QdrantSettings settings) {
        NettyChannelBuilder builder =
                NettyChannelBuilder.forAddress(settings.host(), settings.port());
        return settings.tls() ? builder.build() : builder.usePlaintext().build();
    }

    private static Metadata key(QdrantSettings settings) {
        Metadata headers = new Metadata();
        if (settings.apiKey() != null) {
            headers.put(
                    Metadata.Key.of("api-key", Metadata.ASCII_STRING_MARSHALLER),
                    settings.apiKey().reveal());
        }
        return headers;
    }
}
