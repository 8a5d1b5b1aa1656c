package dev.docent.qdrant;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.docent.json.Json;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** The transport over REST, for hosts that allow only connections to port 443. */
final class RestTransport implements Transport {
    private final RestCalls calls;

    RestTransport(QdrantSettings settings) {
        calls = new RestCalls(settings);
    }

    @Override
    public Optional<Vectors> vectors(String collection) {
        return calls.readIfThere(path(collection, "")).map(RestTransport::vectors);
    }

    @Override
    public long count(String collection) {
        ObjectNode body = Json.MAPPER.createObjectNode().put("exact", true);
        return calls.read("POST", points(collection, "/count"), body).path("count").asLong();
    }

    @Override
    public Set<String> collections() {
        Set<String> names = new HashSet<>();
        calls.read("GET", "/collections", null)
                .path("collections")
                .forEach(each -> names.add(each.path("name").asText()));
        return names;
    }

    @Override
    public Map<String, String> aliases() {
        Map<String, String> aliases = new HashMap<>();
        calls.read("GET", "/aliases", null)
                .path("aliases")
                .forEach(each ->
                        aliases.put(
                                each.path("alias_name").asText(),
                                each.path("collection_name").asText()));
        return aliases;
    }

    @Override
    public void changeAliases(Set<String> removed, Map<String, String> set) {
        ObjectNode body = Json.MAPPER.createObjectNode();
        ArrayNode actions = body.putArray("actions");
        removed.forEach(
                alias -> actions.addObject().putObject("delete_alias").put("alias_name", alias));
        set.forEach((alias, collection) ->
                actions.addObject()
                        .putObject("create_alias")
                        .put("alias_name", alias)
                        .put("collection_name", collection));
        calls.write("POST", "/collections/aliases", body);
    }

    @Override
    public void create(String collection, int dimension) {
        ObjectNode body = Json.MAPPER.createObjectNode();
        body.putObject("vectors").putObject(DENSE).put("size", dimension).put("distance", "Cosine");
        body.putObject("sparse_vectors").putObject(SPARSE).put("modifier", "idf");
        calls.write("PUT", path(collection, ""), body);
    }

    @Override
    public void indexField(String collection, String field) {
        ObjectNode body =
                Json.MAPPER
                        .createObjectNode()
                        .put("field_name", field)
                        .put("field_schema", "keyword");
        calls.write("PUT", path(collection, "/index?wait=true"), body);
    }

    @Override
    public void drop(String collection) {
        calls.write("DELETE", path(collection, ""), null);
    }

    @Override
    public void upsert(String collection, List<Point> written) {
        ObjectNode body = Json.MAPPER.createObjectNode();
        ArrayNode list = body.putArray("points");
        for (Point point : written) {
            ObjectNode node = list.addObject().put("id", point.id().toString());
            ObjectNode vectors = node.putObject("vector");
            point.dense().forEach(vectors.putArray(DENSE)::add);
            sparse(vectors.putObject(SPARSE), point.sparse());
            node.set("payload", Json.MAPPER.valueToTree(point.payload()));
        }
        calls.write("PUT", points(collection, "?wait=true"), body);
    }

    @Override
    public void delete(String collection, Collection<UUID> ids) {
        ObjectNode body = Json.MAPPER.createObjectNode();
        ids(body.putArray("points"), ids);
        calls.write("POST", points(collection, "/delete?wait=true"), body);
    }

    @Override
    public Page scroll(String collection, Scroll scroll) {
        ObjectNode body = Json.MAPPER.createObjectNode().put("limit", scroll.limit());
        if (scroll.fields().isEmpty()) {
            body.put("with_payload", true);
        } else {
            scroll.fields().forEach(body.putArray("with_payload")::add);
        }
        if (scroll.dense()) {
            body.putArray("with_vector").add(DENSE);
        }
        if (scroll.from() != null) {
            body.put("offset", scroll.from().toString());
        }
        if (!scroll.anyOf().isEmpty()) {
            ArrayNode should = body.putObject("filter").putArray("should");
            for (Map<String, String> all : scroll.anyOf()) {
                ArrayNode must = should.addObject().putArray("must");
                all.forEach((field, value) ->
                        must.addObject().put("key", field).putObject("match").put("value", value));
            }
        }
        JsonNode result = calls.read("POST", points(collection, "/scroll"), body);
        List<Stored> stored = stored(result.path("points"));
        JsonNode next = result.path("next_page_offset");
        return new Page(stored, next.isMissingNode() || next.isNull() ? null : uuid(next));
    }

    @Override
    public List<Stored> points(String collection, Collection<UUID> ids) {
        ObjectNode body = Json.MAPPER.createObjectNode().put("with_payload", true);
        ids(body.putArray("ids"), ids);
        return stored(calls.read("POST", points(collection, ""), body));
    }

    private static List<Stored> stored(JsonNode points) {
        List<Stored> stored = new ArrayList<>();
        for (JsonNode point : points) {
            List<Float> dense = new ArrayList<>();
            point.path("vector").path(DENSE).forEach(each -> dense.add(each.floatValue()));
            stored.add(new Stored(uuid(point.path("id")), payload(point), dense));
        }
        return stored;
    }

    @Override
    public List<List<Found>> query(String collection, List<Query> queries) {
        ObjectNode body = Json.MAPPER.createObjectNode();
        ArrayNode searches = body.putArray("searches");
        for (Query query : queries) {
            ObjectNode search = searches.addObject();
            nearest(search, query.nearest())
                    .put("limit", query.size())
                    .put("with_payload", query.wanted() == Wanted.PAYLOAD);
            if (query.wanted() == Wanted.TERMS) {
                search.putArray("with_vector").add(query.nearest().using());
            }
            if (!query.among().isEmpty()) {
                ArrayNode prefetch = search.putArray("prefetch");
                query.among()
                        .forEach(among ->
                                nearest(prefetch.addObject(), among).put("limit", query.limit()));
            }
        }
        List<List<Found>> answers = new ArrayList<>();
        for (JsonNode answer : calls.read("POST", points(collection, "/query/batch"), body)) {
            List<Found> found = new ArrayList<>();
            for (JsonNode point : answer.path("points")) {
                found.add(
                        new Found(
                                uuid(point.path("id")),
                                point.path("score").asDouble(),
                                payload(point),
                                terms(point.path("vector"))));
            }
            answers.add(found);
        }
        return answers;
    }

    @Override
    public void close() {
        calls.close();
    }

    private static Vectors vectors(JsonNode info) {
        JsonNode params = info.path("config").path("params");
        JsonNode vectors = params.path("vectors");
        Map<String, Vectors.Dense> dense = new HashMap<>();
        if (vectors.path("size").isNumber()) {
            dense.put(UNNAMED, dense(vectors));
        } else {
            vectors.forEachEntry((name, each) -> dense.put(name, dense(each)));
        }
        Set<String> sparse = new HashSet<>();
        params.path("sparse_vectors").forEachEntry((name, _) -> sparse.add(name));
        return new Vectors(dense, sparse);
    }

    private static String points(String collection, String rest) {
        return path(collection, "/points" + rest);
    }

    private static String path(String collection, String rest) {
        String encoded = URLEncoder.encode(collection, StandardCharsets.UTF_8);
        return "/collections/" + encoded.replace("+", "%20") + rest;
    }

    private static ObjectNode nearest(ObjectNode query, Nearest nearest) {
        switch (nearest) {
            case Nearest.ByVector(String using, List<Float> vector) -> {
                vector.forEach(query.putArray("query")::add);
                if (!using.equals(UNNAMED)) {
                    query.put("using", using);
                }
            }
            case Nearest.ByTerms(String using, SparseVector terms) -> {
                sparse(query.putObject("query"), terms);
                query.put("using", using);
            }
        }
        return query;
    }

    private static void sparse(ObjectNode node, SparseVector vector) {
        ArrayNode indices = node.putArray("indices");
        vector.indices().forEach(index -> indices.add(Integer.toUnsignedLong(index)));
        vector.values().forEach(node.putArray("values")::add);
    }

    /** The one vector that was asked for, if any. */
    private static SparseVector terms(JsonNode vectors) {
        JsonNode vector = vectors.isEmpty() ? vectors : vectors.elements().next();
        List<Integer> indices = new ArrayList<>();
        List<Float> values = new ArrayList<>();
        // An index is an unsigned number of 32 bits.
        vector.path("indices").forEach(index -> indices.add((int) index.longValue()));
        vector.path("values").forEach(value -> values.add(value.floatValue()));
        return new SparseVector(indices, values);
    }

    private static Vectors.Dense dense(JsonNode params) {
        return new Vectors.Dense(params.path("size").asInt(), params.path("distance").asText());
    }

    /** Strings, whole numbers and lists of strings; passages need nothing else. */
    private static Map<String, Object> payload(JsonNode point) {
        Map<String, Object> fields = new HashMap<>();
        point.path("payload")
                .forEachEntry((field, value) -> {
                    if (value.isTextual()) {
                        fields.put(field, value.textValue());
                    } else if (value.isIntegralNumber()) {
                        fields.put(field, value.longValue());
                    } else if (value.isArray()) {
                        List<String> texts = new ArrayList<>();
                        value.forEach(each -> texts.add(each.asText()));
                        fields.put(field, texts);
                    }
                });
        return fields;
    }

    private static void ids(ArrayNode list, Collection<UUID> ids) {
        for (UUID id : ids) {
            if (Transport.numeric(id)) {
                list.add(id.getLeastSignificantBits());
            } else {
                list.add(id.toString());
            }
        }
    }

    private static UUID uuid(JsonNode id) {
        return id.isTextual() ? UUID.fromString(id.textValue()) : new UUID(0, id.asLong());
    }
}
