package dev.docent.qdrant;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.grpc.Metadata;
import io.grpc.StatusRuntimeException;
import io.qdrant.client.ConditionFactory;
import io.qdrant.client.PointIdFactory;
import io.qdrant.client.QueryFactory;
import io.qdrant.client.VectorFactory;
import io.qdrant.client.VectorsFactory;
import io.qdrant.client.WithPayloadSelectorFactory;
import io.qdrant.client.WithVectorsSelectorFactory;
import io.qdrant.client.grpc.Collections.AliasOperations;
import io.qdrant.client.grpc.Collections.CollectionConfig;
import io.qdrant.client.grpc.Collections.CollectionParams;
import io.qdrant.client.grpc.Collections.CreateAlias;
import io.qdrant.client.grpc.Collections.CreateCollection;
import io.qdrant.client.grpc.Collections.DeleteAlias;
import io.qdrant.client.grpc.Collections.Distance;
import io.qdrant.client.grpc.Collections.VectorParams;
import io.qdrant.client.grpc.Common.Filter;
import io.qdrant.client.grpc.Common.PointId;
import io.qdrant.client.grpc.JsonWithInt.Value;
import io.qdrant.client.grpc.Points;
import io.qdrant.client.grpc.Points.PointStruct;
import io.qdrant.client.grpc.Points.QueryPoints;
import io.qdrant.client.grpc.Points.ScrollPoints;
import io.qdrant.client.grpc.Points.ScrollResponse;
import io.qdrant.client.grpc.Points.Vector;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** The REST face of {@link FakeQdrant}: the same store, JSON as Qdrant's OpenAPI has it. */
final class FakeRest implements AutoCloseable {
    /** A path that may stand before all others, as behind a proxy. */
    static final String PROXY = "/behind/a/proxy";

    private static final JsonMapper JSON = new JsonMapper();

    private final FakeStore store;
    private final BiConsumer<String, @Nullable String> gate;
    private final HttpServer server;

    FakeRest(
            FakeStore store,
            InetSocketAddress address,
            ExecutorService executor,
            BiConsumer<String, @Nullable String> gate)
            throws IOException {
        this.store = store;
        this.gate = gate;
        server = HttpServer.create(address, 0);
        server.setExecutor(executor);
        server.createContext("/", this::handle);
        server.start();
    }

    int port() {
        return server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] request = exchange.getRequestBody().readAllBytes();
            String path = exchange.getRequestURI().getPath().replaceFirst("^" + PROXY, "");
            ObjectNode answer = JSON.createObjectNode();
            int status = 200;
            try {
                gate.accept(
                        path.substring(path.lastIndexOf('/') + 1),
                        exchange.getRequestHeaders().getFirst("api-key"));
                JsonNode body =
                        request.length == 0 ? JSON.createObjectNode() : JSON.readTree(request);
                answer.set("result", route(exchange.getRequestMethod(), path.split("/", -1), body));
                answer.put("status", "ok");
            } catch (StatusRuntimeException e) {
                status = status(e);
                answer.putObject("status").put("error", e.getStatus().getDescription());
                Metadata trailers = e.getTrailers();
                if (trailers != null) {
                    String wait = trailers.get(RETRY_AFTER);
                    if (wait != null) {
                        exchange.getResponseHeaders().set("Retry-After", wait);
                    }
                }
            }
            byte[] bytes = JSON.writeValueAsBytes(answer.put("time", 0.001));
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    static final Metadata.Key<String> RETRY_AFTER =
            Metadata.Key.of("retry-after", Metadata.ASCII_STRING_MARSHALLER);

    private static int status(StatusRuntimeException e) {
        return switch (e.getStatus().getCode()) {
            case UNAUTHENTICATED -> 401;
            case PERMISSION_DENIED -> 403;
            case NOT_FOUND, UNIMPLEMENTED -> 404;
            case INVALID_ARGUMENT -> 400;
            case ALREADY_EXISTS -> 409;
            case RESOURCE_EXHAUSTED ->
                    String.valueOf(e.getStatus().getDescription()).contains("storage") ? 507 : 429;
            case UNAVAILABLE -> 503;
            default -> 500;
        };
    }

    private JsonNode route(String method, String[] path, JsonNode body) {
        String name = path.length > 2 ? URLDecoder.decode(path[2], StandardCharsets.UTF_8) : "";
        String rest =
                path.length > 3 ? String.join("/", List.of(path).subList(3, path.length)) : "";
        return switch (method + " " + rest) {
            case "GET " -> path[1].equals("aliases") ? aliases() : collections(name);
            case "PUT " -> create(name, body);
            case "PATCH " -> done(() -> store.note(name, notes(body)));
            case "DELETE " -> JSON.getNodeFactory().booleanNode(store.drop(name));
            case "POST " -> changeAliases(body);
            case "PUT points" -> done(() -> store.upsert(name, points(body)));
            case "POST points/delete" -> done(() -> store.delete(name, ids(body.path("points"))));
            case "POST points/count" ->
                    JSON.createObjectNode()
                            .put("count", store.count(name, filter(body.path("filter"))));
            case "POST points/scroll" -> scroll(name, body);
            case "POST points/query/batch" -> query(name, body);
            default -> throw io.grpc.Status.UNIMPLEMENTED.asRuntimeException();
        };
    }

    private static JsonNode done(Runnable change) {
        change.run();
        return JSON.createObjectNode().put("status", "completed");
    }

    private JsonNode collections(String name) {
        ObjectNode result = JSON.createObjectNode();
        if (name.isEmpty()) {
            ArrayNode list = result.putArray("collections");
            store.collections().forEach(each -> list.addObject().put("name", each));
            return result;
        }
        CollectionConfig config = store.info(name).getConfig();
        CollectionParams params = config.getParams();
        ObjectNode all = result.putObject("config");
        payload(all.putObject("metadata"), config.getMetadataMap());
        if (config.getStrictModeConfig().getEnabled()) {
            all.putObject("strict_mode_config")
                    .put("enabled", true)
                    .put("max_query_limit", config.getStrictModeConfig().getMaxQueryLimit());
        }
        ObjectNode node = all.putObject("params");
        ObjectNode vectors = node.putObject("vectors");
        if (params.getVectorsConfig().hasParams()) {
            describe(vectors, params.getVectorsConfig().getParams());
        }
        params.getVectorsConfig()
                .getParamsMap()
                .getMapMap()
                .forEach((each, dense) -> describe(vectors.putObject(each), dense));
        return result;
    }

    private static void describe(ObjectNode node, VectorParams params) {
        node.put("size", params.getSize()).put("distance", params.getDistance().toString());
    }

    private JsonNode aliases() {
        ObjectNode result = JSON.createObjectNode();
        ArrayNode list = result.putArray("aliases");
        store.aliases()
                .forEach((alias, collection) ->
                        list.addObject()
                                .put("alias_name", alias)
                                .put("collection_name", collection));
        return result;
    }

    private JsonNode changeAliases(JsonNode body) {
        List<AliasOperations> actions = new ArrayList<>();
        for (JsonNode action : body.path("actions")) {
            JsonNode create = action.path("create_alias");
            AliasOperations.Builder operation = AliasOperations.newBuilder();
            if (create.isMissingNode()) {
                String alias = action.path("delete_alias").path("alias_name").asText();
                operation.setDeleteAlias(DeleteAlias.newBuilder().setAliasName(alias));
            } else {
                operation.setCreateAlias(
                        CreateAlias.newBuilder()
                                .setAliasName(create.path("alias_name").asText())
                                .setCollectionName(create.path("collection_name").asText()));
            }
            actions.add(operation.build());
        }
        store.changeAliases(actions);
        return JSON.getNodeFactory().booleanNode(true);
    }

    private static Map<String, Value> notes(JsonNode body) {
        Map<String, Value> notes = new HashMap<>();
        body.path("metadata")
                .forEachEntry((each, note) -> notes.put(each, GrpcMessages.write(note.asText())));
        return notes;
    }

    private JsonNode create(String name, JsonNode body) {
        CreateCollection.Builder request = CreateCollection.newBuilder().setCollectionName(name);
        body.path("vectors")
                .forEachEntry((each, dense) ->
                        request.getVectorsConfigBuilder()
                                .getParamsMapBuilder()
                                .putMap(
                                        each,
                                        VectorParams.newBuilder()
                                                .setSize(dense.path("size").asInt())
                                                .setDistance(Distance.Cosine)
                                                .build()));
        request.putAllMetadata(notes(body));
        store.create(request.build());
        return JSON.getNodeFactory().booleanNode(true);
    }

    private JsonNode scroll(String name, JsonNode body) {
        ScrollPoints.Builder request =
                ScrollPoints.newBuilder()
                        .setCollectionName(name)
                        .setLimit(body.path("limit").asInt())
                        .setFilter(filter(body.path("filter")))
                        .setWithVectors(
                                WithVectorsSelectorFactory.include(texts(body.path("with_vector"))))
                        .setWithPayload(
                                body.path("with_payload").isArray()
                                        ? WithPayloadSelectorFactory.include(
                                                texts(body.path("with_payload")))
                                        : WithPayloadSelectorFactory.enable(true));
        if (body.has("offset")) {
            request.setOffset(id(body.path("offset")));
        }
        ScrollResponse response = store.scroll(request.build());
        ObjectNode result = JSON.createObjectNode();
        ArrayNode list = result.putArray("points");
        response.getResultList()
                .forEach(point -> {
                    ObjectNode node = list.addObject();
                    node.set("id", id(point.getId()));
                    payload(node.putObject("payload"), point.getPayloadMap());
                    vectors(node.putObject("vector"), point.getVectors());
                });
        result.set(
                "next_page_offset",
                response.hasNextPageOffset() ? id(response.getNextPageOffset()) : JSON.nullNode());
        return result;
    }

    private JsonNode query(String name, JsonNode body) {
        List<QueryPoints> queries = new ArrayList<>();
        for (JsonNode search : body.path("searches")) {
            QueryPoints.Builder query =
                    QueryPoints.newBuilder()
                            .setQuery(QueryFactory.nearest(floats(search.path("query"))))
                            .setUsing(search.path("using").asText())
                            .setLimit(search.path("limit").asInt())
                            .setWithPayload(
                                    WithPayloadSelectorFactory.enable(
                                            search.path("with_payload").asBoolean()))
                            .setFilter(filter(search.path("filter")));
            queries.add(query.build());
        }
        ArrayNode results = JSON.createArrayNode();
        store.query(name, queries)
                .forEach(found -> {
                    ArrayNode list = results.addObject().putArray("points");
                    found.forEach(point -> {
                        ObjectNode node = list.addObject();
                        node.set("id", id(point.getId()));
                        node.put("score", point.getScore());
                        payload(node.putObject("payload"), point.getPayloadMap());
                        vectors(node.putObject("vector"), point.getVectors());
                    });
                });
        return results;
    }

    private static void vectors(ObjectNode node, Points.VectorsOutput vectors) {
        vectors.getVectors()
                .getVectorsMap()
                .forEach((name, vector) -> {
                    vector.getDense().getDataList().forEach(node.putArray(name)::add);
                });
    }

    private static List<PointStruct> points(JsonNode body) {
        List<PointStruct> points = new ArrayList<>();
        for (JsonNode point : body.path("points")) {
            Map<String, Vector> vectors = new HashMap<>();
            point.path("vector")
                    .forEachEntry((name, vector) ->
                            vectors.put(name, VectorFactory.vector(floats(vector))));
            PointStruct.Builder struct =
                    PointStruct.newBuilder()
                            .setId(id(point.path("id")))
                            .setVectors(VectorsFactory.namedVectors(vectors));
            point.path("payload")
                    .forEachEntry((field, value) -> struct.putPayload(field, value(value)));
            points.add(struct.build());
        }
        return points;
    }

    private static Filter filter(JsonNode conditions) {
        Filter.Builder filter = Filter.newBuilder();
        for (JsonNode must : conditions.path("must")) {
            filter.addMust(ConditionFactory.hasId(ids(must.path("has_id"))));
        }
        return filter.build();
    }

    private static Value value(JsonNode node) {
        Object plain =
                node.isTextual()
                        ? node.textValue()
                        : node.isArray() ? texts(node) : (Object) node.longValue();
        return GrpcMessages.write(plain);
    }

    private static void payload(ObjectNode node, Map<String, Value> payload) {
        GrpcMessages.read(payload)
                .forEach((field, value) -> node.set(field, JSON.valueToTree(value)));
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(each -> texts.add(each.asText()));
        return texts;
    }

    private static List<Float> floats(JsonNode array) {
        List<Float> floats = new ArrayList<>();
        array.forEach(each -> floats.add(each.floatValue()));
        return floats;
    }

    private static List<PointId> ids(JsonNode array) {
        List<PointId> ids = new ArrayList<>();
        array.forEach(each -> ids.add(id(each)));
        return ids;
    }

    private static PointId id(JsonNode node) {
        return node.isTextual()
                ? PointIdFactory.id(UUID.fromString(node.textValue()))
                : PointIdFactory.id(node.longValue());
    }

    private static JsonNode id(PointId id) {
        return id.hasUuid()
                ? JSON.getNodeFactory().textNode(id.getUuid())
                : JSON.getNodeFactory().numberNode(id.getNum());
    }
}
