package dev.docent.qdrant;

import static dev.docent.qdrant.Transport.DENSE;
import static dev.docent.qdrant.Transport.SPARSE;
import static io.qdrant.client.ConditionFactory.filter;
import static io.qdrant.client.ConditionFactory.matchKeyword;

import dev.docent.qdrant.Transport.Found;
import dev.docent.qdrant.Transport.Nearest;
import dev.docent.qdrant.Transport.Page;
import dev.docent.qdrant.Transport.Point;
import dev.docent.qdrant.Transport.Query;
import dev.docent.qdrant.Transport.Scroll;
import dev.docent.qdrant.Transport.Stored;
import dev.docent.qdrant.Transport.Vectors;
import dev.docent.qdrant.Transport.Wanted;
import io.qdrant.client.PointIdFactory;
import io.qdrant.client.QueryFactory;
import io.qdrant.client.ValueFactory;
import io.qdrant.client.VectorFactory;
import io.qdrant.client.VectorOutputHelper;
import io.qdrant.client.VectorsFactory;
import io.qdrant.client.WithPayloadSelectorFactory;
import io.qdrant.client.WithVectorsSelectorFactory;
import io.qdrant.client.grpc.Collections.VectorParams;
import io.qdrant.client.grpc.Common.Filter;
import io.qdrant.client.grpc.Common.PointId;
import io.qdrant.client.grpc.JsonWithInt.Value;
import io.qdrant.client.grpc.Points;
import io.qdrant.client.grpc.Points.PointStruct;
import io.qdrant.client.grpc.Points.PrefetchQuery;
import io.qdrant.client.grpc.Points.QueryBatchPoints;
import io.qdrant.client.grpc.Points.QueryPoints;
import io.qdrant.client.grpc.Points.RetrievedPoint;
import io.qdrant.client.grpc.Points.ScoredPoint;
import io.qdrant.client.grpc.Points.ScrollPoints;
import io.qdrant.client.grpc.Points.ScrollResponse;
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
        for (Map<String, String> all : scroll.anyOf()) {
            Filter.Builder one = Filter.newBuilder();
            all.forEach((field, value) -> one.addMust(matchKeyword(field, value)));
            request.getFilterBuilder().addShould(filter(one.build()));
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

    static Stored stored(RetrievedPoint point) {
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
                            .setQuery(nearest(query.nearest()))
                            .setUsing(query.nearest().using())
                            .setLimit(query.size())
                            .setWithPayload(
                                    WithPayloadSelectorFactory.enable(
                                            query.wanted() == Wanted.PAYLOAD));
            if (query.wanted() == Wanted.TERMS) {
                request.setWithVectors(
                        WithVectorsSelectorFactory.include(List.of(query.nearest().using())));
            }
            for (Nearest among : query.among()) {
                request.addPrefetch(
                        PrefetchQuery.newBuilder()
                                .setQuery(nearest(among))
                                .setUsing(among.using())
                                .setLimit(query.limit()));
            }
            batch.addQueryPoints(request);
        }
        return batch.build();
    }

    static Found found(ScoredPoint point) {
        return new Found(
                uuid(point.getId()),
                point.getScore(),
                read(point.getPayloadMap()),
                sparse(point.getVectors()));
    }

    static PointStruct point(Point point) {
        Map<String, Value> payload = new HashMap<>();
        point.payload().forEach((field, value) -> payload.put(field, write(value)));
        return PointStruct.newBuilder()
                .setId(id(point.id()))
                .putAllPayload(payload)
                .setVectors(
                        VectorsFactory.namedVectors(
                                Map.of(
                                        DENSE,
                                        VectorFactory.vector(point.dense()),
                                        SPARSE,
                                        VectorFactory.vector(
                                                point.sparse().values(),
                                                point.sparse().indices()))))
                .build();
    }

    private static Points.Query nearest(Nearest nearest) {
        return switch (nearest) {
            case Nearest.ByVector(_, List<Float> vector) -> QueryFactory.nearest(vector);
            case Nearest.ByTerms(_, SparseVector terms) ->
                    QueryFactory.nearest(terms.values(), terms.indices());
        };
    }

    static Vectors.Dense dense(VectorParams params) {
        return new Vectors.Dense(
                Math.toIntExact(params.getSize()), params.getDistance().toString());
    }

    private static List<Float> dense(Points.VectorsOutput vectors) {
        Points.VectorOutput dense = vectors.getVectors().getVectorsMap().get(DENSE);
        return dense == null ? List.of() : VectorOutputHelper.getDenseVector(dense).getDataList();
    }

    /** The one vector that was asked for, if any. */
    private static SparseVector sparse(Points.VectorsOutput vectors) {
        return vectors.getVectors().getVectorsMap().values().stream()
                .map(VectorOutputHelper::getSparseVector)
                .map(sparse -> new SparseVector(sparse.getIndicesList(), sparse.getValuesList()))
                .findFirst()
                .orElse(SparseVector.EMPTY);
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

    /** Fields of other types are left out, because no passage needs them. */
    static Map<String, Object> read(Map<String, Value> payload) {
        Map<String, Object> fields = new HashMap<>();
        payload.forEach((field, value) -> {
            switch (value.getKindCase()) {
                case STRING_VALUE -> fields.put(field, value.getStringValue());
                case INTEGER_VALUE -> fields.put(field, value.getIntegerValue());
                case LIST_VALUE ->
                        fields.put(
                                field,
                                value.getListValue().getValuesList().stream()
                                        .map(Value::getStringValue)
                                        .toList());
                default -> {}
            }
        });
        return fields;
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
