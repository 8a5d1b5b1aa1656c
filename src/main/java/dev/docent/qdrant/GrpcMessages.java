package dev.docent.qdrant;

import static dev.docent.qdrant.Transport.DENSE;

import dev.docent.qdrant.Transport.Found;
import dev.docent.qdrant.Transport.Page;
import dev.docent.qdrant.Transport.Point;
import dev.docent.qdrant.Transport.Query;
import dev.docent.qdrant.Transport.Scroll;
import dev.docent.qdrant.Transport.Shape;
import dev.docent.qdrant.Transport.Stored;
import io.qdrant.client.ConditionFactory;
import io.qdrant.client.PointIdFactory;
import io.qdrant.client.QueryFactory;
import io.qdrant.client.ValueFactory;
import io.qdrant.client.VectorFactory;
import io.qdrant.client.VectorOutputHelper;
import io.qdrant.client.VectorsFactory;
import io.qdrant.client.WithPayloadSelectorFactory;
import io.qdrant.client.WithVectorsSelectorFactory;
import io.qdrant.client.grpc.Collections.CollectionConfig;
import io.qdrant.client.grpc.Collections.StrictModeConfig;
import io.qdrant.client.grpc.Collections.VectorParams;
import io.qdrant.client.grpc.Collections.VectorsConfig;
import io.qdrant.client.grpc.Common.Filter;
import io.qdrant.client.grpc.Common.PointId;
import io.qdrant.client.grpc.JsonWithInt.Value;
import io.qdrant.client.grpc.Points;
import io.qdrant.client.grpc.Points.PointStruct;
import io.qdrant.client.grpc.Points.QueryBatchPoints;
import io.qdrant.client.grpc.Points.QueryPoints;
import io.qdrant.client.grpc.Points.RetrievedPoint;
import io.qdrant.client.grpc.Points.ScoredPoint;
import io.qdrant.client.grpc.Points.ScrollPoints;
import io.qdrant.client.grpc.Points.ScrollResponse;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Converts between Qdrant's gRPC messages and the transport's records. */
final class GrpcMessages {
    private GrpcMessages() {}

    static ScrollPoints scroll(String collection, Scroll scroll) {
        ScrollPoints.Builder request =
                ScrollPoints.newBuilder()
                        .setCollectionName(collection)
                        .setLimit(scroll.limit())
                        .setWithPayload(
                                scroll.fields().isEmpty()
                                        ? WithPayloadSelectorFactory.enable(true)
                                        : WithPayloadSelectorFactory.include(scroll.fields()))
                        .setWithVectors(
                                scroll.dense()
                                        ? WithVectorsSelectorFactory.include(List.of(DENSE))
                                        : WithVectorsSelectorFactory.enable(false));
        if (!scroll.among().isEmpty()) {
            request.setFilter(among(scroll.among()));
        }
        if (scroll.from() != null) {
            request.setOffset(id(scroll.from()));
        }
        return request.build();
    }

    static Page page(ScrollResponse response) {
        List<Stored> stored = response.getResultList().stream().map(GrpcMessages::stored).toList();
        return new Page(
                stored, response.hasNextPageOffset() ? uuid(response.getNextPageOffset()) : null);
    }

    private static Stored stored(RetrievedPoint point) {
        return new Stored(
                uuid(point.getId()), read(point.getPayloadMap()), dense(point.getVectors()));
    }

    static QueryBatchPoints batch(String collection, List<Query> queries) {
        QueryBatchPoints.Builder batch =
                QueryBatchPoints.newBuilder().setCollectionName(collection);
        for (Query query : queries) {
            QueryPoints.Builder request =
                    QueryPoints.newBuilder()
                            .setCollectionName(collection)
                            .setQuery(QueryFactory.nearest(query.vector()))
                            .setUsing(query.using())
                            .setLimit(query.limit())
                            .setWithPayload(WithPayloadSelectorFactory.enable(false));
            if (!query.among().isEmpty()) {
                request.setFilter(among(query.among()));
            }
            batch.addQueryPoints(request);
        }
        return batch.build();
    }

    private static Filter among(Collection<UUID> ids) {
        return Filter.newBuilder()
                .addMust(ConditionFactory.hasId(ids.stream().map(GrpcMessages::id).toList()))
                .build();
    }

    static Found found(ScoredPoint point) {
        return new Found(uuid(point.getId()), point.getScore());
    }

    static PointStruct point(Point point) {
        Map<String, Value> payload = new HashMap<>();
        point.payload().forEach((field, value) -> payload.put(field, write(value)));
        return PointStruct.newBuilder()
                .setId(id(point.id()))
                .putAllPayload(payload)
                .setVectors(
                        VectorsFactory.namedVectors(
                                Map.of(DENSE, VectorFactory.vector(point.dense()))))
                .build();
    }

    static Shape shape(CollectionConfig config) {
        VectorsConfig vectors = config.getParams().getVectorsConfig();
        Map<String, VectorParams> all =
                vectors.hasParams()
                        ? Map.of(Transport.UNNAMED, vectors.getParams())
                        : vectors.getParamsMap().getMapMap();
        Map<String, Shape.Dense> dense = new HashMap<>();
        all.forEach((name, params) ->
                dense.put(
                        name,
                        new Shape.Dense(
                                Math.toIntExact(params.getSize()),
                                params.getDistance().toString())));
        Map<String, String> notes = new HashMap<>();
        config.getMetadataMap()
                .forEach((name, value) -> {
                    if (value.hasStringValue()) {
                        notes.put(name, value.getStringValue());
                    }
                });
        StrictModeConfig strict = config.getStrictModeConfig();
        return new Shape(
                dense,
                notes,
                strict.getEnabled() && strict.hasMaxQueryLimit()
                        ? strict.getMaxQueryLimit()
                        : Integer.MAX_VALUE);
    }

    private static List<Float> dense(Points.VectorsOutput vectors) {
        Points.VectorOutput dense = vectors.getVectors().getVectorsMap().get(DENSE);
        return dense == null ? List.of() : VectorOutputHelper.getDenseVector(dense).getDataList();
    }

    /** The reverse of {@link #uuid}. */
    static PointId id(UUID id) {
        return Transport.numeric(id)
                ? PointIdFactory.id(id.getLeastSignificantBits())
                : PointIdFactory.id(id);
    }

    /** Numeric ids, which other ingesters may use, become UUIDs. */
    private static UUID uuid(PointId id) {
        return id.hasUuid() ? UUID.fromString(id.getUuid()) : new UUID(0, id.getNum());
    }

    static Map<String, Object> read(Map<String, Value> payload) {
        Map<String, Object> fields = new HashMap<>();
        read("", payload, fields);
        return fields;
    }

    /** Fields of other types are left out, because no passage needs them. */
    private static void read(String object, Map<String, Value> from, Map<String, Object> fields) {
        from.forEach((name, value) -> {
            String field = object + name;
            switch (value.getKindCase()) {
                case STRING_VALUE -> fields.put(field, value.getStringValue());
                case INTEGER_VALUE -> fields.put(field, value.getIntegerValue());
                case STRUCT_VALUE ->
                        read(field + ".", value.getStructValue().getFieldsMap(), fields);
                case LIST_VALUE ->
                        fields.put(
                                field,
                                value.getListValue().getValuesList().stream()
                                        .map(Value::getStringValue)
                                        .toList());
                default -> {}
            }
        });
    }

    static Value write(Object value) {
        return switch (value) {
            case String text -> ValueFactory.value(text);
            case Long number -> ValueFactory.value(number);
            case List<?> list -> ValueFactory.list(list.stream().map(GrpcMessages::write).toList());
            default -> throw new IllegalArgumentException("not a payload: " + value.getClass());
        };
    }
}
