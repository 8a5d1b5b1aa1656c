package dev.docent.qdrant;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.qdrant.client.grpc.Collections.AliasOperations;
import io.qdrant.client.grpc.Collections.CollectionConfig;
import io.qdrant.client.grpc.Collections.CollectionInfo;
import io.qdrant.client.grpc.Collections.CollectionParams;
import io.qdrant.client.grpc.Collections.CollectionStatus;
import io.qdrant.client.grpc.Collections.CreateCollection;
import io.qdrant.client.grpc.Collections.StrictModeConfig;
import io.qdrant.client.grpc.Collections.VectorParams;
import io.qdrant.client.grpc.Common.Filter;
import io.qdrant.client.grpc.Common.PointId;
import io.qdrant.client.grpc.JsonWithInt.Value;
import io.qdrant.client.grpc.Points;
import io.qdrant.client.grpc.Points.PointStruct;
import io.qdrant.client.grpc.Points.QueryPoints;
import io.qdrant.client.grpc.Points.RetrievedPoint;
import io.qdrant.client.grpc.Points.ScoredPoint;
import io.qdrant.client.grpc.Points.ScrollPoints;
import io.qdrant.client.grpc.Points.ScrollResponse;
import io.qdrant.client.grpc.Points.Vector;
import io.qdrant.client.grpc.Points.VectorInput;
import io.qdrant.client.grpc.Points.VectorOutput;
import io.qdrant.client.grpc.Points.VectorsOutput;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a Qdrant server holds and answers, exact and in memory, as far as the index uses it; with
 * the texts of Qdrant 1.18's own errors. Thread-safe by one lock.
 */
final class FakeStore {
    private final Map<String, Held> collections = new TreeMap<>();
    private final Map<String, String> aliases = new TreeMap<>();
    private final Set<String> forbidden = new HashSet<>();

    private int scrollsToFail;
    private volatile CountDownLatch scrolling = new CountDownLatch(0);
    private StrictModeConfig limits = StrictModeConfig.getDefaultInstance();

    private record Held(CollectionConfig config, TreeMap<String, PointStruct> points) {
        CollectionParams params() {
            return config.getParams();
        }

        Map<String, VectorParams> dense() {
            return params().getVectorsConfig().hasParams()
                    ? Map.of("", params().getVectorsConfig().getParams())
                    : params().getVectorsConfig().getParamsMap().getMapMap();
        }
    }

    /** From now on the key has no right to a name, be there such a collection or not. */
    synchronized void forbid(String name) {
        forbidden.add(name);
    }

    synchronized CollectionInfo info(String name) {
        Held held = held(name);
        return CollectionInfo.newBuilder()
                .setStatus(CollectionStatus.Green)
                .setPointsCount(held.points().size())
                .setConfig(held.config())
                .build();
    }

    synchronized boolean exists(String name) {
        return collections.containsKey(aliases.getOrDefault(name, name));
    }

    synchronized Set<String> collections() {
        return Set.copyOf(collections.keySet());
    }

    synchronized Map<String, String> aliases() {
        return Map.copyOf(aliases);
    }

    synchronized void create(CreateCollection request) {
        String name = request.getCollectionName();
        if (collections.containsKey(name) || aliases.containsKey(name)) {
            throw failure(
                    Status.ALREADY_EXISTS,
                    "Wrong input: Collection `" + name + "` already exists!");
        }
        CollectionConfig config =
                CollectionConfig.newBuilder()
                        .setParams(
                                CollectionParams.newBuilder()
                                        .setVectorsConfig(request.getVectorsConfig())
                                        .setSparseVectorsConfig(request.getSparseVectorsConfig()))
                        .setStrictModeConfig(limits)
                        .putAllMetadata(request.getMetadataMap())
                        .build();
        collections.put(name, new Held(config, new TreeMap<>()));
    }

    /** Adds to the metadata of a collection, as Qdrant does. */
    synchronized void note(String name, Map<String, Value> notes) {
        String collection = aliases.getOrDefault(name, name);
        Held held = held(name);
        collections.put(
                collection,
                new Held(held.config().toBuilder().putAllMetadata(notes).build(), held.points()));
    }

    synchronized boolean drop(String name) {
        aliases.values().removeIf(name::equals);
        return collections.remove(name) != null;
    }

    synchronized void changeAliases(List<AliasOperations> actions) {
        Map<String, String> changed = new HashMap<>(aliases);
        for (AliasOperations action : actions) {
            if (action.hasDeleteAlias()) {
                changed.remove(action.getDeleteAlias().getAliasName());
                continue;
            }
            String alias = action.getCreateAlias().getAliasName();
            if (collections.containsKey(alias)) {
                throw invalid("Wrong input: Collection `" + alias + "` already exists!");
            }
            held(action.getCreateAlias().getCollectionName());
            changed.put(alias, action.getCreateAlias().getCollectionName());
        }
        aliases.clear();
        aliases.putAll(changed);
    }

    /** The strict mode of collections that are created from now on. */
    synchronized void limits(StrictModeConfig strict) {
        limits = strict;
    }

    synchronized void upsert(String name, List<PointStruct> points) {
        Held held = held(name);
        List<PointStruct> checked = points.stream().map(point -> checked(held, point)).toList();
        for (PointStruct point : checked) {
            held.points().put(key(point.getId()), point);
        }
    }

    synchronized void delete(String name, Collection<PointId> ids) {
        Held held = held(name);
        for (PointId id : ids) {
            held.points().remove(key(id));
        }
    }

    synchronized int count(String name, Filter filter) {
        Held held = held(name);
        return (int) held.points().values().stream().filter(matches(filter)).count();
    }

    synchronized void failScrolls(int count) {
        scrollsToFail = count;
    }

    /** Lets scrolls of more than one point wait for as long as this lives. */
    void holdScrolls() {
        scrolling = new CountDownLatch(1);
    }

    ScrollResponse scroll(ScrollPoints request) {
        try {
            if (request.getLimit() > 1) {
                scrolling.await();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Status.CANCELLED.withCause(e).asRuntimeException();
        }
        return scrolled(request);
    }

    private synchronized ScrollResponse scrolled(ScrollPoints request) {
        if (scrollsToFail > 0 && !request.hasOffset()) {
            scrollsToFail--;
            throw failure(Status.INTERNAL, "Service internal error: 1 of 1 read operations failed");
        }
        Held held = held(request.getCollectionName());
        within(held, request.getLimit(), "limit", mostPoints(held));
        List<PointStruct> rest =
                held
                        .points()
                        .tailMap(request.hasOffset() ? key(request.getOffset()) : "", true)
                        .values()
                        .stream()
                        .filter(matches(request.getFilter()))
                        .limit(request.getLimit() + 1L)
                        .toList();
        ScrollResponse.Builder response = ScrollResponse.newBuilder();
        for (PointStruct point : rest.subList(0, Math.min(rest.size(), request.getLimit()))) {
            response.addResult(
                    RetrievedPoint.newBuilder()
                            .setId(point.getId())
                            .putAllPayload(payload(point, request.getWithPayload()))
                            .setVectors(vectors(point, request.getWithVectors())));
        }
        if (rest.size() > request.getLimit()) {
            response.setNextPageOffset(rest.getLast().getId());
        }
        return response.build();
    }

    synchronized List<List<ScoredPoint>> query(String name, List<QueryPoints> queries) {
        Held held = held(name);
        within(
                held,
                queries.size(),
                "search batch size",
                held.config().getStrictModeConfig().getSearchMaxBatchsize());
        return queries.stream().map(query -> query(held, query)).toList();
    }

    private List<ScoredPoint> query(Held held, QueryPoints query) {
        within(held, query.getLimit(), "limit", mostPoints(held));
        VectorInput nearest = query.getQuery().getNearest();
        List<Float> vector = nearest.getDense().getDataList();
        return byDense(
                        held,
                        held.points().values().stream().filter(matches(query.getFilter())).toList(),
                        vector,
                        query.getUsing())
                .sorted(Comparator.comparingDouble(ScoredPoint::getScore).reversed())
                .limit(query.getLimit())
                .map(point ->
                        ScoredPoint.newBuilder(point)
                                .putAllPayload(
                                        payload(
                                                held.points().get(key(point.getId())),
                                                query.getWithPayload()))
                                .build())
                .toList();
    }

    private static Stream<ScoredPoint> byDense(
            Held held, Collection<PointStruct> among, List<Float> vector, String using) {
        checkDense(held, using, vector);
        List<Float> unit = unit(vector);
        return among.stream()
                .filter(point -> vector(point, using) != null)
                .map(point ->
                        scored(point, dot(unit, stored(point, using).getDense().getDataList())));
    }

    private static ScoredPoint scored(PointStruct point, double score) {
        return ScoredPoint.newBuilder().setId(point.getId()).setScore((float) score).build();
    }

    private static PointStruct checked(Held held, PointStruct point) {
        PointStruct.Builder unit = point.toBuilder();
        if (point.getVectors().hasVector()) {
            List<Float> data = point.getVectors().getVector().getDense().getDataList();
            checkDense(held, "", data);
            unit.getVectorsBuilder().setVector(dense(unit(data)));
            return unit.build();
        }
        point.getVectors()
                .getVectors()
                .getVectorsMap()
                .forEach((name, vector) -> {
                    if (vector.hasSparse()) {
                        List<Integer> indices = vector.getSparse().getIndicesList();
                        if (Set.copyOf(indices).size() < indices.size()) {
                            throw invalid("Validation error: indices: must be unique");
                        }
                    } else {
                        List<Float> data = vector.getDense().getDataList();
                        checkDense(held, name, data);
                        unit.getVectorsBuilder()
                                .getVectorsBuilder()
                                .putVectors(name, dense(unit(data)));
                    }
                });
        return unit.build();
    }

    private static void checkDense(Held held, String name, List<Float> data) {
        VectorParams params = held.dense().get(name);
        if (params == null) {
            throw invalid("Wrong input: Not existing vector name error: " + name);
        }
        if (params.getSize() != data.size()) {
            throw invalid(
                    "Wrong input: Vector dimension error: expected dim: %d, got %d"
                            .formatted(params.getSize(), data.size()));
        }
    }

    /** The one condition that the index uses: a set of ids. */
    private static Predicate<PointStruct> matches(Filter filter) {
        Set<PointId> ids = new HashSet<>();
        filter.getMustList().forEach(must -> ids.addAll(must.getHasId().getHasIdList()));
        return point -> filter.getMustCount() == 0 || ids.contains(point.getId());
    }

    private static long mostPoints(Held held) {
        return held.config().getStrictModeConfig().getMaxQueryLimit();
    }

    private static void within(Held held, long asked, String what, long most) {
        if (held.config().getStrictModeConfig().getEnabled() && most > 0 && asked > most) {
            throw invalid(
                    ("Bad request: Limit exceeded %d > %d for \"%s\". Help: Reduce the \"%s\""
                                    + " parameter to or below %d.")
                            .formatted(asked, most, what, what, most));
        }
    }

    private static Map<String, Value> payload(
            @Nullable PointStruct point, Points.WithPayloadSelector selector) {
        if (point == null) {
            return Map.of();
        }
        if (selector.hasInclude()) {
            Map<String, Value> some = new HashMap<>(point.getPayloadMap());
            some.keySet().retainAll(selector.getInclude().getFieldsList());
            return some;
        }
        return selector.getEnable() ? point.getPayloadMap() : Map.of();
    }

    private static VectorsOutput vectors(
            @Nullable PointStruct point, Points.WithVectorsSelector selector) {
        VectorsOutput.Builder output = VectorsOutput.newBuilder();
        if (point == null) {
            return output.build();
        }
        for (String name : selector.getInclude().getNamesList()) {
            Vector vector = vector(point, name);
            if (vector != null) {
                VectorOutput.Builder copy = VectorOutput.newBuilder();
                if (vector.hasSparse()) {
                    copy.setSparse(vector.getSparse());
                } else {
                    copy.setDense(vector.getDense());
                }
                output.getVectorsBuilder().putVectors(name, copy.build());
            }
        }
        return output.build();
    }

    private static @Nullable Vector vector(PointStruct point, String name) {
        return name.isEmpty()
                ? point.getVectors().getVector()
                : point.getVectors().getVectors().getVectorsMap().get(name);
    }

    private static Vector stored(PointStruct point, String name) {
        Vector vector = vector(point, name);
        return vector == null ? Vector.getDefaultInstance() : vector;
    }

    private static Vector dense(List<Float> data) {
        return Vector.newBuilder()
                .setDense(Points.DenseVector.newBuilder().addAllData(data))
                .build();
    }

    private static List<Float> unit(List<Float> vector) {
        double length = Math.sqrt(dot(vector, vector));
        return length == 0 ? vector : vector.stream().map(each -> (float) (each / length)).toList();
    }

    private static double dot(List<Float> a, List<Float> b) {
        double sum = 0;
        for (int i = 0; i < a.size(); i++) {
            sum += (double) a.get(i) * b.get(i);
        }
        return sum;
    }

    /** Orders numbers before UUIDs, as Qdrant does. */
    private static String key(PointId id) {
        return id.hasUuid() ? "u" + id.getUuid() : "n%020d".formatted(id.getNum());
    }

    private Held held(String name) {
        if (forbidden.contains(name)) {
            throw failure(
                    Status.PERMISSION_DENIED,
                    "Forbidden: Access to collection " + name + " is required");
        }
        Held held = collections.get(aliases.getOrDefault(name, name));
        if (held == null) {
            throw failure(Status.NOT_FOUND, "Not found: Collection `" + name + "` doesn't exist!");
        }
        return held;
    }

    private static StatusRuntimeException invalid(String text) {
        return failure(Status.INVALID_ARGUMENT, text);
    }

    private static StatusRuntimeException failure(Status status, String text) {
        return status.withDescription(text).asRuntimeException();
    }
}
