package dev.docent.qdrant;

import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import io.qdrant.client.PointIdFactory;
import io.qdrant.client.VectorFactory;
import io.qdrant.client.VectorsFactory;
import io.qdrant.client.grpc.Collections.AliasDescription;
import io.qdrant.client.grpc.Collections.ChangeAliases;
import io.qdrant.client.grpc.Collections.CollectionDescription;
import io.qdrant.client.grpc.Collections.CollectionExists;
import io.qdrant.client.grpc.Collections.CollectionExistsRequest;
import io.qdrant.client.grpc.Collections.CollectionExistsResponse;
import io.qdrant.client.grpc.Collections.CollectionOperationResponse;
import io.qdrant.client.grpc.Collections.CreateCollection;
import io.qdrant.client.grpc.Collections.DeleteCollection;
import io.qdrant.client.grpc.Collections.Distance;
import io.qdrant.client.grpc.Collections.GetCollectionInfoRequest;
import io.qdrant.client.grpc.Collections.GetCollectionInfoResponse;
import io.qdrant.client.grpc.Collections.ListAliasesRequest;
import io.qdrant.client.grpc.Collections.ListAliasesResponse;
import io.qdrant.client.grpc.Collections.ListCollectionsRequest;
import io.qdrant.client.grpc.Collections.ListCollectionsResponse;
import io.qdrant.client.grpc.Collections.UpdateCollection;
import io.qdrant.client.grpc.Collections.VectorParams;
import io.qdrant.client.grpc.Collections.VectorParamsMap;
import io.qdrant.client.grpc.Collections.VectorsConfig;
import io.qdrant.client.grpc.CollectionsGrpc;
import io.qdrant.client.grpc.Points.BatchResult;
import io.qdrant.client.grpc.Points.CountPoints;
import io.qdrant.client.grpc.Points.CountResponse;
import io.qdrant.client.grpc.Points.CountResult;
import io.qdrant.client.grpc.Points.DeletePoints;
import io.qdrant.client.grpc.Points.PointStruct;
import io.qdrant.client.grpc.Points.PointsOperationResponse;
import io.qdrant.client.grpc.Points.QueryBatchPoints;
import io.qdrant.client.grpc.Points.QueryBatchResponse;
import io.qdrant.client.grpc.Points.ScrollPoints;
import io.qdrant.client.grpc.Points.ScrollResponse;
import io.qdrant.client.grpc.Points.UpsertPoints;
import io.qdrant.client.grpc.PointsGrpc;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A Qdrant in memory that speaks gRPC and REST on loopback, and can be made to fail. Runs alone for
 * load tests: {@code java … dev.docent.qdrant.FakeQdrant [grpc port [rest port [delay in ms]]]}.
 */
public final class FakeQdrant implements AutoCloseable {

    /** What happens to each call from now on. */
    public sealed interface Fault {
        /** Calls are answered. */
        record None() implements Fault {}

        /** Calls are answered after a while. */
        record Delay(Duration time) implements Fault {}

        /** Calls are never answered. */
        record Hang() implements Fault {}

        /** So many calls are answered, and then something happens. */
        record After(int calls, Fault then) implements Fault {}

        /** Calls fail. */
        record Refuse(Status status, Metadata trailers) implements Fault {
            public Refuse(Status status) {
                this(status, new Metadata());
            }
        }
    }

    private final FakeStore store;
    private final @Nullable String apiKey;
    private final Server grpc;
    private final FakeRest rest;
    private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final ConcurrentLinkedQueue<String> calls = new ConcurrentLinkedQueue<>();
    private final Semaphore arrivals = new Semaphore(0);
    private volatile Fault fault = new Fault.None();

    FakeQdrant(FakeStore store, @Nullable String apiKey) throws IOException {
        this(store, apiKey, 0, 0);
    }

    FakeQdrant(FakeStore store, @Nullable String apiKey, int grpcPort, int restPort)
            throws IOException {
        this.store = store;
        this.apiKey = apiKey;
        InetAddress loopback = InetAddress.getLoopbackAddress();
        grpc =
                NettyServerBuilder.forAddress(new InetSocketAddress(loopback, grpcPort))
                        .executor(executor)
                        .maxInboundMessageSize(Transport.MAX_ANSWER_BYTES)
                        .addService(new CollectionsService())
                        .addService(new PointsService())
                        .intercept(new Gate())
                        .build()
                        .start();
        rest =
                new FakeRest(
                        store, new InetSocketAddress(loopback, restPort), executor, this::admit);
    }

    /** Starts on free ports. */
    public static FakeQdrant start(String apiKey) {
        try {
            return new FakeQdrant(new FakeStore(), apiKey);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Serves until the process is ended. */
    public static void main(String[] args) throws Exception {
        int grpcPort = args.length > 0 ? Integer.parseInt(args[0]) : 6334;
        int restPort = args.length > 1 ? Integer.parseInt(args[1]) : 6333;
        FakeQdrant fake = new FakeQdrant(new FakeStore(), null, grpcPort, restPort);
        if (args.length > 2) {
            fake.fault = new Fault.Delay(Duration.ofMillis(Long.parseLong(args[2])));
        }
        System.out.println("gRPC on " + fake.grpcPort() + ", REST on " + fake.restPort());
        fake.grpc.awaitTermination();
    }

    FakeStore store() {
        return store;
    }

    public int grpcPort() {
        return grpc.getPort();
    }

    int restPort() {
        return rest.port();
    }

    /** The last part of each call's name, in order, of both protocols. */
    public List<String> calls() {
        return List.copyOf(calls);
    }

    public void forgetCalls() {
        calls.clear();
        arrivals.drainPermits();
    }

    /** Waits until there is a call since the last were forgotten. */
    void awaitCall() throws InterruptedException {
        if (!arrivals.tryAcquire(30, TimeUnit.SECONDS)) {
            throw new AssertionError("no call arrived within 30 s");
        }
    }

    public void fault(Fault fault) {
        this.fault = fault;
    }

    /** Creates a collection as the older ingester does, with one unnamed vector. */
    public void createOld(String collection, int dimension) {
        store.create(
                CreateCollection.newBuilder()
                        .setCollectionName(collection)
                        .setVectorsConfig(
                                VectorsConfig.newBuilder()
                                        .setParams(
                                                VectorParams.newBuilder()
                                                        .setSize(dimension)
                                                        .setDistance(Distance.Cosine)))
                        .build());
    }

    /** Adds a point as the older ingester does. */
    public void putOld(String collection, Map<String, Object> payload, float... vector) {
        PointStruct.Builder point =
                PointStruct.newBuilder()
                        .setId(PointIdFactory.id(UUID.randomUUID()))
                        .setVectors(VectorsFactory.vectors(vector));
        payload.forEach((field, value) -> point.putPayload(field, GrpcMessages.write(value)));
        store.upsert(collection, List.of(point.build()));
    }

    /** Creates a collection with one kind of vectors of four numbers, as other programs do. */
    void createForeign(String collection, String using, Distance distance) {
        VectorParams params = VectorParams.newBuilder().setSize(4).setDistance(distance).build();
        store.create(
                CreateCollection.newBuilder()
                        .setCollectionName(collection)
                        .setVectorsConfig(
                                VectorsConfig.newBuilder()
                                        .setParamsMap(
                                                VectorParamsMap.newBuilder().putMap(using, params)))
                        .build());
    }

    /** Adds a point with a number for its id, as other programs do. */
    void putForeign(
            String collection,
            long id,
            String using,
            Map<String, Object> payload,
            float... vector) {
        PointStruct.Builder point =
                PointStruct.newBuilder()
                        .setId(PointIdFactory.id(id))
                        .setVectors(
                                VectorsFactory.namedVectors(
                                        Map.of(using, VectorFactory.vector(vector))));
        payload.forEach((field, value) -> point.putPayload(field, GrpcMessages.write(value)));
        store.upsert(collection, List.of(point.build()));
    }

    /** Refuses so many scrolls that begin at the beginning. */
    void failScrolls(int count) {
        store.failScrolls(count);
    }

    /** Lets scrolls of more than one point wait for as long as the server runs. */
    void holdScrolls() {
        store.holdScrolls();
    }

    /** Names of all collections. */
    public Set<String> collections() {
        return store.collections();
    }

    /** Cuts every connection in the middle of whatever it does, and accepts no other. */
    void cut() {
        grpc.shutdownNow();
        rest.close();
    }

    @Override
    public void close() {
        closed.countDown();
        cut();
        executor.shutdownNow();
    }

    /** Whether the fault that was set has not come about yet. */
    boolean healthy() {
        return switch (fault) {
            case Fault.None _ -> true;
            case Fault.After(int left, _) -> left > 0;
            case Fault.Delay _, Fault.Hang _, Fault.Refuse _ -> false;
        };
    }

    /** Lets a call in, late, or never; throws what it is refused with. */
    private void admit(String call, @Nullable String key) {
        calls.add(call);
        arrivals.release();
        suffer(fault);
        if (apiKey != null && key == null) {
            throw Status.UNAUTHENTICATED
                    .withDescription("Must provide an API key or an Authorization bearer token")
                    .asRuntimeException();
        }
        if (apiKey != null && !apiKey.equals(key)) {
            throw Status.UNAUTHENTICATED
                    .withDescription("Invalid API key or JWT")
                    .asRuntimeException();
        }
    }

    private void suffer(Fault now) {
        switch (now) {
            case Fault.None() -> {}
            case Fault.After(int left, Fault then) -> {
                if (left == 0) {
                    suffer(then);
                } else {
                    fault = new Fault.After(left - 1, then);
                }
            }
            case Fault.Delay(Duration time) -> await(time);
            case Fault.Hang() -> await(Duration.ofHours(1));
            case Fault.Refuse(Status status, Metadata trailers) ->
                    throw status.asRuntimeException(trailers);
        }
    }

    private void await(Duration time) {
        try {
            if (closed.await(time.toMillis(), TimeUnit.MILLISECONDS)) {
                throw Status.UNAVAILABLE.asRuntimeException();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Status.CANCELLED.withCause(e).asRuntimeException();
        }
    }

    private final class Gate implements ServerInterceptor {
        private static final Metadata.Key<String> KEY =
                Metadata.Key.of("api-key", Metadata.ASCII_STRING_MARSHALLER);

        @Override
        public <A, B> ServerCall.Listener<A> interceptCall(
                ServerCall<A, B> call, Metadata headers, ServerCallHandler<A, B> next) {
            String method = call.getMethodDescriptor().getBareMethodName();
            try {
                admit(method == null ? "" : method, headers.get(KEY));
                return next.startCall(call, headers);
            } catch (StatusRuntimeException e) {
                Metadata trailers = e.getTrailers();
                call.close(e.getStatus(), trailers == null ? new Metadata() : trailers);
                return new ServerCall.Listener<>() {};
            }
        }
    }

    private static <T> void answer(StreamObserver<T> observer, Supplier<T> response) {
        try {
            observer.onNext(response.get());
            observer.onCompleted();
        } catch (StatusRuntimeException e) {
            observer.onError(e);
        }
    }

    private final class CollectionsService extends CollectionsGrpc.CollectionsImplBase {
        private static final CollectionOperationResponse DONE =
                CollectionOperationResponse.newBuilder().setResult(true).build();

        @Override
        public void get(
                GetCollectionInfoRequest request,
                StreamObserver<GetCollectionInfoResponse> observer) {
            answer(
                    observer,
                    () ->
                            GetCollectionInfoResponse.newBuilder()
                                    .setResult(store.info(request.getCollectionName()))
                                    .build());
        }

        @Override
        public void collectionExists(
                CollectionExistsRequest request,
                StreamObserver<CollectionExistsResponse> observer) {
            boolean exists = store.exists(request.getCollectionName());
            answer(
                    observer,
                    () ->
                            CollectionExistsResponse.newBuilder()
                                    .setResult(CollectionExists.newBuilder().setExists(exists))
                                    .build());
        }

        @Override
        public void list(
                ListCollectionsRequest request, StreamObserver<ListCollectionsResponse> observer) {
            ListCollectionsResponse.Builder response = ListCollectionsResponse.newBuilder();
            store.collections()
                    .forEach(name ->
                            response.addCollections(
                                    CollectionDescription.newBuilder().setName(name)));
            answer(observer, response::build);
        }

        @Override
        public void listAliases(
                ListAliasesRequest request, StreamObserver<ListAliasesResponse> observer) {
            ListAliasesResponse.Builder response = ListAliasesResponse.newBuilder();
            store.aliases()
                    .forEach((alias, collection) ->
                            response.addAliases(
                                    AliasDescription.newBuilder()
                                            .setAliasName(alias)
                                            .setCollectionName(collection)));
            answer(observer, response::build);
        }

        @Override
        public void updateAliases(
                ChangeAliases request, StreamObserver<CollectionOperationResponse> observer) {
            answer(
                    observer,
                    () -> {
                        store.changeAliases(request.getActionsList());
                        return DONE;
                    });
        }

        @Override
        public void create(
                CreateCollection request, StreamObserver<CollectionOperationResponse> observer) {
            answer(
                    observer,
                    () -> {
                        store.create(request);
                        return DONE;
                    });
        }

        @Override
        public void update(
                UpdateCollection request, StreamObserver<CollectionOperationResponse> observer) {
            answer(
                    observer,
                    () -> {
                        store.note(request.getCollectionName(), request.getMetadataMap());
                        return DONE;
                    });
        }

        @Override
        public void delete(
                DeleteCollection request, StreamObserver<CollectionOperationResponse> observer) {
            answer(
                    observer,
                    () ->
                            CollectionOperationResponse.newBuilder()
                                    .setResult(store.drop(request.getCollectionName()))
                                    .build());
        }
    }

    private final class PointsService extends PointsGrpc.PointsImplBase {
        private static final PointsOperationResponse DONE =
                PointsOperationResponse.getDefaultInstance();

        @Override
        public void upsert(UpsertPoints request, StreamObserver<PointsOperationResponse> observer) {
            answer(
                    observer,
                    () -> {
                        store.upsert(request.getCollectionName(), request.getPointsList());
                        return DONE;
                    });
        }

        @Override
        public void delete(DeletePoints request, StreamObserver<PointsOperationResponse> observer) {
            answer(
                    observer,
                    () -> {
                        store.delete(
                                request.getCollectionName(),
                                request.getPoints().getPoints().getIdsList());
                        return DONE;
                    });
        }

        @Override
        public void count(CountPoints request, StreamObserver<CountResponse> observer) {
            answer(
                    observer,
                    () ->
                            CountResponse.newBuilder()
                                    .setResult(
                                            CountResult.newBuilder()
                                                    .setCount(
                                                            store.count(
                                                                    request.getCollectionName(),
                                                                    request.getFilter())))
                                    .build());
        }

        @Override
        public void scroll(ScrollPoints request, StreamObserver<ScrollResponse> observer) {
            answer(observer, () -> store.scroll(request));
        }

        @Override
        public void queryBatch(
                QueryBatchPoints request, StreamObserver<QueryBatchResponse> observer) {
            answer(
                    observer,
                    () -> {
                        QueryBatchResponse.Builder response = QueryBatchResponse.newBuilder();
                        store.query(request.getCollectionName(), request.getQueryPointsList())
                                .forEach(found ->
                                        response.addResult(
                                                BatchResult.newBuilder().addAllResult(found)));
                        return response.build();
                    });
        }
    }
}
