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
    public Optional<Shape> shape(String collection) {
        return calls.readIfThere(path(collection, "")).map(RestTransport::shape);
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
    public void create(String collection, int dimension, Map<String, String> notes) {
        ObjectNode body = Json.MAPPER.createObjectNode();
        body.putObject("vectors").putObject(DENSE).put("size", dimension).put("distance", "Cosine");
        notes.forEach(body.putObject("metadata")::put);
        calls.write("PUT", path(collection, ""), body);
    }

    @Override
    public void note(String collection, String name, String text) {
        ObjectNode body = Json.MAPPER.createObjectNode();
        body.putObject("metadata").put(name, text);
        calls.write("PATCH", path(collection, ""), body);
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
            point.dense().forEach(node.putObject("vector").putArray(DENSE)::add);
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
        among(body, scroll.among());
        JsonNode result = calls.read("POST", points(collection, "/scroll"), body);
        List<Stored> stored = stored(result.path("points"));
        JsonNode next = result.path("next_page_offset");
        return new Page(stored, next.isMissingNode() || next.isNull() ? null : uuid(next));
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
            ObjectNode search = searches.addObject().put("limit", query.limit());
            query.vector().forEach(search.putArray("query")::add);
            if (!query.using().equals(UNNAMED)) {
                search.put("using", query.using());
            }
            among(search, query.among());
        }
        List<List<Found>> answers = new ArrayList<>();
        for (JsonNode answer : calls.read("POST", points(collection, "/query/batch"), body)) {
            List<Found> found = new ArrayList<>();
            for (JsonNode point : answer.path("points")) {
                found.add(new Found(uuid(point.path("id")), point.path("score").asDouble()));
            }
            answers.add(found);
        }
        return answers;
    }

    @Override
    public void close() {
        calls.close();
    }

    private static Shape shape(JsonNode info) {
        JsonNode config = info.path("config");
        JsonNode vectors = config.path("params").path("vectors");
        Map<String, Shape.Dense> dense = new HashMap<>();
        if (vectors.path("size").isNumber()) {
            dense.put(UNNAMED, dense(vectors));
        } else {
            vectors.forEachEntry((name, each) -> dense.put(name, dense(each)));
        }
        Map<String, String> notes = new HashMap<>();
        config.path("metadata")
                .forEachEntry((name, value) -> {
                    if (value.isTextual()) {
                        notes.put(name, value.textValue());
                    }
                });
        JsonNode strict = config.path("strict_mode_config");
        return new Shape(
                dense,
                notes,
                strict.path("enabled").asBoolean()
                        ? strict.path("max_query_limit").asInt(Integer.MAX_VALUE)
                        : Integer.MAX_VALUE);
    }

    private static String points(String collection, String rest) {
        return path(collection, "/points" + rest);
    }

    private static String path(String collection, String rest) {
        String encoded = URLEncoder.encode(collection, StandardCharsets.UTF_8);
        return "/collections/" + encoded.replace("+", "%20") + rest;
    }

    private static Shape.Dense dense(JsonNode params) {
        return new Shape.Dense(params.path("size").asInt(), params.path("distance").asText());
    }

    private static Map<String, Object> payload(JsonNode point) {
        Map<String, Object> fields = new HashMap<>();
        read("", point.path("payload"), fields);
        return fields;
    }

    /** Fields of other types are left out, because no passage needs them. */
    private static void read(String object, JsonNode from, Map<String, Object> fields) {
        from.forEachEntry((name, value) -> {
            String field = object + name;
            if (value.isTextual()) {
                fields.put(field, value.textValue());
            } else if (value.isIntegralNumber()) {
                fields.put(field, value.longValue());
            } else if (value.isObject()) {
                read(field + ".", value, fields);
            } else if (value.isArray()) {
                List<String> texts = new ArrayList<>();
                value.forEach(each -> texts.add(each.asText()));
                fields.put(field, texts);
            }
        });
    }

    private static void among(ObjectNode request, Collection<UUID> ids) {
        if (!ids.isEmpty()) {
            ArrayNode must = request.putObject("filter").putArray("must");
            ids(must.addObject().putArray("has_id"), ids);
        }
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
