package dev.docent.qdrant;

import io.grpc.Channel;
import io.grpc.ClientInterceptors;
import io.grpc.ConnectivityState;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.netty.channel.ChannelOption;
import io.grpc.stub.AbstractBlockingStub;
import io.grpc.stub.MetadataUtils;
import io.qdrant.client.grpc.Collections.AliasDescription;
import io.qdrant.client.grpc.Collections.AliasOperations;
import io.qdrant.client.grpc.Collections.ChangeAliases;
import io.qdrant.client.grpc.Collections.CollectionDescription;
import io.qdrant.client.grpc.Collections.CreateAlias;
import io.qdrant.client.grpc.Collections.CreateCollection;
import io.qdrant.client.grpc.Collections.DeleteAlias;
import io.qdrant.client.grpc.Collections.DeleteCollection;
import io.qdrant.client.grpc.Collections.Distance;
import io.qdrant.client.grpc.Collections.GetCollectionInfoRequest;
import io.qdrant.client.grpc.Collections.ListAliasesRequest;
import io.qdrant.client.grpc.Collections.ListCollectionsRequest;
import io.qdrant.client.grpc.Collections.UpdateCollection;
import io.qdrant.client.grpc.Collections.VectorParams;
import io.qdrant.client.grpc.Collections.VectorParamsMap;
import io.qdrant.client.grpc.Collections.VectorsConfig;
import io.qdrant.client.grpc.CollectionsGrpc;
import io.qdrant.client.grpc.CollectionsGrpc.CollectionsBlockingStub;
import io.qdrant.client.grpc.Points.CountPoints;
import io.qdrant.client.grpc.Points.DeletePoints;
import io.qdrant.client.grpc.Points.PointsIdsList;
import io.qdrant.client.grpc.Points.PointsSelector;
import io.qdrant.client.grpc.Points.QueryBatchPoints;
import io.qdrant.client.grpc.Points.ScrollPoints;
import io.qdrant.client.grpc.Points.UpsertPoints;
import io.qdrant.client.grpc.PointsGrpc;
import io.qdrant.client.grpc.PointsGrpc.PointsBlockingStub;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Speaks gRPC through the blocking stubs of Qdrant's own client library; the package's description
 * says why not through its {@code QdrantClient}.
 */
final class GrpcTransport implements Transport {
    /** Milliseconds that a handshake of TCP takes at most, across continents. */
    private static final int GLANCE = 500;

    private final QdrantSettings settings;
    private final GrpcFailures failures;
    private final ManagedChannel channel;
    private final CollectionsBlockingStub collections;
    private final PointsBlockingStub points;

    GrpcTransport(QdrantSettings settings) {
        this.settings = settings;
        failures = new GrpcFailures(new QdrantFailures(settings));
        NettyChannelBuilder builder =
                NettyChannelBuilder.forAddress(settings.host(), settings.port())
                        .withOption(
                                ChannelOption.CONNECT_TIMEOUT_MILLIS,
                                Math.toIntExact(settings.connectTimeout().toMillis()))
                        // Load balancers silently drop an idle connection after four to six
                        // minutes, so it is closed before that, and probed while calls wait.
                        .idleTimeout(3, TimeUnit.MINUTES)
                        .keepAliveTime(30, TimeUnit.SECONDS)
                        .keepAliveTimeout(5, TimeUnit.SECONDS)
                        .maxInboundMessageSize(MAX_ANSWER_BYTES);
        channel = settings.tls() ? builder.build() : builder.usePlaintext().build();
        Channel withKey = channel;
        if (settings.apiKey() != null) {
            Metadata headers = new Metadata();
            headers.put(
                    Metadata.Key.of("api-key", Metadata.ASCII_STRING_MARSHALLER),
                    settings.apiKey().reveal());
            withKey =
                    ClientInterceptors.intercept(
                            channel, MetadataUtils.newAttachHeadersInterceptor(headers));
        }
        collections = CollectionsGrpc.newBlockingStub(withKey);
        points = PointsGrpc.newBlockingStub(withKey);
    }

    @Override
    public Optional<Shape> shape(String collection) {
        GetCollectionInfoRequest request =
                GetCollectionInfoRequest.newBuilder().setCollectionName(collection).build();
        try {
            return Optional.of(
                    GrpcMessages.shape(
                            collections
                                    .withDeadlineAfter(settings.timeout())
                                    .get(request)
                                    .getResult()
                                    .getConfig()));
        } catch (StatusRuntimeException e) {
            if (GrpcFailures.collectionMissing(e)) {
                return Optional.empty();
            }
            throw failure(e, settings.timeout());
        }
    }

    @Override
    public long count(String collection) {
        CountPoints request =
                CountPoints.newBuilder().setCollectionName(collection).setExact(true).build();
        return read(points, stub -> stub.count(request)).getResult().getCount();
    }

    @Override
    public Set<String> collections() {
        return read(collections, stub -> stub.list(ListCollectionsRequest.getDefaultInstance()))
                .getCollectionsList()
                .stream()
                .map(CollectionDescription::getName)
                .collect(Collectors.toSet());
    }

    @Override
    public Map<String, String> aliases() {
        return read(collections, stub -> stub.listAliases(ListAliasesRequest.getDefaultInstance()))
                .getAliasesList()
                .stream()
                .collect(
                        Collectors.toMap(
                                AliasDescription::getAliasName,
                                AliasDescription::getCollectionName));
    }

    @Override
    public void changeAliases(Set<String> removed, Map<String, String> set) {
        ChangeAliases.Builder request = ChangeAliases.newBuilder();
        removed.forEach(alias ->
                request.addActions(
                        AliasOperations.newBuilder()
                                .setDeleteAlias(DeleteAlias.newBuilder().setAliasName(alias))));
        set.forEach((alias, collection) ->
                request.addActions(
                        AliasOperations.newBuilder()
                                .setCreateAlias(
                                        CreateAlias.newBuilder()
                                                .setAliasName(alias)
                                                .setCollectionName(collection))));
        write(collections, stub -> stub.updateAliases(request.build()));
    }

    @Override
    public void create(String collection, int dimension, Map<String, String> notes) {
        VectorParams dense =
                VectorParams.newBuilder().setSize(dimension).setDistance(Distance.Cosine).build();
        CreateCollection.Builder request =
                CreateCollection.newBuilder()
                        .setCollectionName(collection)
                        .setVectorsConfig(
                                VectorsConfig.newBuilder()
                                        .setParamsMap(
                                                VectorParamsMap.newBuilder().putMap(DENSE, dense)));
        notes.forEach((name, value) -> request.putMetadata(name, GrpcMessages.write(value)));
        write(collections, stub -> stub.create(request.build()));
    }

    @Override
    public void note(String collection, String name, String text) {
        UpdateCollection request =
                UpdateCollection.newBuilder()
                        .setCollectionName(collection)
                        .putMetadata(name, GrpcMessages.write(text))
                        .build();
        write(collections, stub -> stub.update(request));
    }

    @Override
    public void drop(String collection) {
        DeleteCollection request =
                DeleteCollection.newBuilder().setCollectionName(collection).build();
        write(collections, stub -> stub.delete(request));
    }

    @Override
    public void upsert(String collection, List<Point> written) {
        UpsertPoints request =
                UpsertPoints.newBuilder()
                        .setCollectionName(collection)
                        .setWait(true)
                        .addAllPoints(written.stream().map(GrpcMessages::point).toList())
                        .build();
        write(points, stub -> stub.upsert(request));
    }

    @Override
    public void delete(String collection, Collection<UUID> ids) {
        PointsIdsList list =
                PointsIdsList.newBuilder()
                        .addAllIds(ids.stream().map(GrpcMessages::id).toList())
                        .build();
        DeletePoints request =
                DeletePoints.newBuilder()
                        .setCollectionName(collection)
                        .setWait(true)
                        .setPoints(PointsSelector.newBuilder().setPoints(list))
                        .build();
        write(points, stub -> stub.delete(request));
    }

    @Override
    public Page scroll(String collection, Scroll scroll) {
        ScrollPoints request = GrpcMessages.scroll(collection, scroll);
        return GrpcMessages.page(read(points, stub -> stub.scroll(request)));
    }

    @Override
    public List<List<Found>> query(String collection, List<Query> queries) {
        QueryBatchPoints request = GrpcMessages.batch(collection, queries);
        return read(points, stub -> stub.queryBatch(request)).getResultList().stream()
                .map(result -> result.getResultList().stream().map(GrpcMessages::found).toList())
                .toList();
    }

    @Override
    public void close() {
        channel.shutdownNow();
    }

    private <S extends AbstractBlockingStub<S>, T> T read(S stub, Function<S, T> call) {
        return call(stub, settings.timeout(), call);
    }

    private <S extends AbstractBlockingStub<S>, T> void write(S stub, Function<S, T> call) {
        call(stub, settings.writeTimeout(), call);
    }

    private <S extends AbstractBlockingStub<S>, T> T call(
            S stub, Duration deadline, Function<S, T> call) {
        try {
            return call.apply(stub.withDeadlineAfter(deadline));
        } catch (StatusRuntimeException e) {
            throw failure(e, deadline);
        }
    }

    private RuntimeException failure(StatusRuntimeException e, Duration deadline) {
        if (e.getStatus().getCode() == Status.Code.UNAVAILABLE) {
            // Otherwise grpc-java waits up to two minutes before it connects again, and until then
            // calls fail for an old reason.
            channel.resetConnectBackoff();
        }
        boolean connected = channel.getState(false) == ConnectivityState.READY;
        return failures.of(e, deadline, connected, this::listens);
    }

    /** Whether the port takes connections; a port that is blocked is not waited for long. */
    private boolean listens() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(settings.host(), settings.port()), GLANCE);
            return true;
        } catch (IOException _) {
            return false;
        }
    }
}
