package dev.docent.qdrant;

import dev.docent.failure.DependencyException;
import dev.docent.failure.Diagnosis;
import dev.docent.failure.Failure;
import dev.docent.failure.Failure.Nature;
import dev.docent.failure.FailureCode;
import dev.docent.failure.OwnWords;
import dev.docent.qdrant.Transport.Shape;
import dev.docent.rag.EmbeddingSpace;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Explains everything that can go wrong with Qdrant, for both protocols. */
final class QdrantFailures {
    private static final String READER =
            "The search in this documentation is not available at the moment; please try again"
                    + " later.";
    private static final Pattern DIMENSION =
            Pattern.compile("expected dim: (\\d+), got (\\d+)", Pattern.CASE_INSENSITIVE);

    /** Of a collection that was not loaded: lib/collection/src/shards/dummy_shard.rs. */
    private static final Pattern RECOVERY =
            Pattern.compile(
                    "read operations failed:\\s*Service internal error: Failed to [\\w ]+,\\s+(.+)",
                    Pattern.DOTALL);

    private final QdrantSettings settings;
    private final String server;

    QdrantFailures(QdrantSettings settings) {
        this.settings = settings;
        this.server = "Qdrant at " + settings.address() + settings.prefix();
    }

    DependencyException keyRefused(String said, @Nullable Throwable cause) {
        return failure(
                Diagnosis.QDRANT_KEY_REFUSED,
                Nature.CREDENTIAL_REJECTED,
                (settings.apiKey() == null
                                ? server + " asks for an API key and none is set."
                                : server + " does not accept the API key.")
                        + says(said),
                "Create a database key for this cluster (Qdrant Cloud: cluster, API Keys) and put it"
                        + " into QDRANT_API_KEY; keys expire after 90 days unless told otherwise.",
                cause);
    }

    /** Only Qdrant itself has read the key; the gateway of Qdrant Cloud has other words. */
    DependencyException forbidden(String said, @Nullable Throwable cause) {
        String name = settings.collection();
        List<String> allowed = KeyRights.collections(settings.apiKey());
        if (!allowed.isEmpty() && !allowed.contains(settings.alias())) {
            return failure(
                    Diagnosis.QDRANT_KEY_TOO_NARROW,
                    Nature.CREDENTIAL_REJECTED,
                    "The API key of Qdrant is for %s, and \"%s\" is searched, or \"%s\" where another program fills it."
                            .formatted(quoted(allowed), settings.alias(), name),
                    "Create a key that may read \"%s\"; to ingest, one that may also create collections."
                            .formatted(settings.alias()),
                    cause);
        }
        if (!said.contains("Forbidden:")) {
            return keyRefused(said, cause);
        }
        return failure(
                Diagnosis.QDRANT_KEY_TOO_NARROW,
                Nature.CREDENTIAL_REJECTED,
                server + " accepts the API key but denies it this access." + says(said),
                "Use a key that may read \"%s\", and for ingesting one that may also create collections; or the key belongs to another cluster."
                        .formatted(settings.alias()),
                cause);
    }

    /** The key itself says that it may not create collections; the server was not asked. */
    DependencyException cannotCreate(KeyRights rights) {
        return failure(
                Diagnosis.QDRANT_KEY_TOO_NARROW,
                Nature.CREDENTIAL_REJECTED,
                "The API key of Qdrant " + rights.words() + ".",
                "Create a key with cluster-wide manage/write permissions (Qdrant Cloud: cluster, API"
                        + " Keys) and put it into QDRANT_API_KEY where you ingest; the service itself"
                        + " may keep this one.",
                null);
    }

    DependencyException collectionMissing(@Nullable Throwable cause) {
        return failure(
                Diagnosis.QDRANT_NO_COLLECTION,
                Nature.MISCONFIGURED,
                "%s answers, but has no collection \"%s\"."
                        .formatted(server, settings.collection()),
                "Set QDRANT_COLLECTION to one that it has, or fill it: docent ingest DIR",
                cause);
    }

    DependencyException clusterGone(String said, @Nullable Throwable cause) {
        return failure(
                Diagnosis.QDRANT_GONE,
                Nature.UNAVAILABLE,
                server
                        + " is not there: something answers at this address, but it is not Qdrant."
                        + says(said),
                "Free clusters are suspended after a week without use and deleted four weeks later:"
                        + " look at https://cloud.qdrant.io, resume the cluster, or correct"
                        + " QDRANT_URL.",
                cause);
    }

    DependencyException hostUnknown(@Nullable Throwable cause) {
        return failure(
                Diagnosis.QDRANT_HOST_UNKNOWN,
                Nature.UNAVAILABLE,
                "The host name " + settings.host() + " cannot be resolved.",
                "Correct QDRANT_URL; if it was right before, look whether the cluster was deleted.",
                cause);
    }

    DependencyException portBlocked(Duration waited, @Nullable Throwable cause) {
        return failure(
                Diagnosis.QDRANT_PORT_BLOCKED,
                Nature.UNAVAILABLE,
                FailureCode.TIMEOUT,
                "No connection to %s came about within %d ms.".formatted(server, waited.toMillis()),
                settings.rest()
                        ? "Look whether the host is right and running."
                        : "The port may be blocked here: use the URL with :443, which speaks REST.",
                null,
                cause);
    }

    DependencyException portBlocked(@Nullable Throwable cause) {
        return portBlocked(settings.connectTimeout(), cause);
    }

    DependencyException refused(@Nullable Throwable cause) {
        return failure(
                Diagnosis.QDRANT_UNREACHABLE,
                Nature.UNAVAILABLE,
                server + " refuses connections.",
                "Look whether Qdrant runs there and whether the port is right: gRPC has 6334, REST"
                        + " has 6333, and 443 on Qdrant Cloud.",
                cause);
    }

    /** Something takes connections there and closes them; a server that stops does so, too. */
    DependencyException hungUp(@Nullable Throwable cause) {
        return failure(
                Diagnosis.QDRANT_UNREACHABLE,
                Nature.UNAVAILABLE,
                server + " takes the connection and closes it without an answer.",
                "Look whether Qdrant runs there, and no other service: gRPC has port 6334, REST has"
                        + " 6333, and 443 on Qdrant Cloud."
                        + (settings.tls()
                                ? ""
                                : " If it knows only TLS, begin QDRANT_URL with https://"),
                cause);
    }

    /** Something takes connections there and says nothing. */
    DependencyException silent(Duration deadline, @Nullable Throwable cause) {
        return failure(
                Diagnosis.QDRANT_LATE,
                Nature.UNAVAILABLE,
                FailureCode.TIMEOUT,
                "%s takes the connection and says nothing within %d ms."
                        .formatted(server, deadline.toMillis()),
                "Look whether Qdrant runs there, and no other service: gRPC has port 6334, REST has"
                        + " 6333, and 443 on Qdrant Cloud.",
                null,
                cause);
    }

    DependencyException otherProtocol(@Nullable Throwable cause) {
        return failure(
                Diagnosis.QDRANT_OTHER_PROTOCOL,
                Nature.MISCONFIGURED,
                server
                        + " does not speak "
                        + (settings.rest() ? "REST" : "gRPC")
                        + " on this port.",
                settings.rest()
                        ? "6334 is gRPC: use port 6333, or 443 on Qdrant Cloud."
                        : "6333 and 443 are REST: use port 6334, or set qdrant.transport to rest.",
                cause);
    }

    DependencyException tlsFailed(@Nullable Throwable cause) {
        return failure(
                Diagnosis.QDRANT_TLS,
                Nature.MISCONFIGURED,
                "The TLS handshake with " + server + " failed.",
                "If this Qdrant has no TLS, begin QDRANT_URL with http://",
                cause);
    }

    /** A server without TLS closes the connection, and so does a gateway with nothing behind it. */
    DependencyException tlsClosed(@Nullable Throwable cause) {
        return failure(
                Diagnosis.QDRANT_TLS,
                Nature.UNAVAILABLE,
                server + " closed the connection during the TLS handshake.",
                "If this Qdrant has no TLS, begin QDRANT_URL with http://; otherwise look whether it"
                        + " runs there.",
                cause);
    }

    /** What answers knows only connections with TLS. */
    DependencyException tlsNeeded(String said, @Nullable Throwable cause) {
        return failure(
                Diagnosis.QDRANT_TLS,
                Nature.MISCONFIGURED,
                server + " does not take connections without TLS." + says(said),
                "Begin QDRANT_URL with https://",
                cause);
    }

    DependencyException slow(Duration deadline, @Nullable Throwable cause) {
        return failure(
                Diagnosis.QDRANT_LATE,
                Nature.UNAVAILABLE,
                FailureCode.TIMEOUT,
                "%s did not answer within %d ms.".formatted(server, deadline.toMillis()),
                "A passing load ends by itself; otherwise look at the cluster's metrics or raise"
                        + " qdrant.timeout.",
                null,
                cause);
    }

    /**
     * The server limits the rate of requests.
     *
     * @param retryAfter the server's header or trailer of that name, null where there is none
     */
    DependencyException overloaded(
            String said, @Nullable String retryAfter, @Nullable Throwable cause) {
        return failure(
                Diagnosis.QDRANT_OVERLOADED,
                Nature.UNAVAILABLE,
                FailureCode.OVERLOADED,
                server + " limits the rate of requests, and it is reached." + says(said),
                "Wait, or raise the collection's rate limit in its strict mode.",
                retryAfter != null && retryAfter.matches("\\d{1,6}")
                        ? Duration.ofSeconds(Long.parseLong(retryAfter))
                        : null,
                cause);
    }

    DependencyException full(String said, @Nullable Throwable cause) {
        return failure(
                Diagnosis.QDRANT_FULL,
                Nature.EXHAUSTED,
                server + " has no memory or disk left." + says(said),
                "Delete collections that are not used, or take a larger cluster.",
                cause);
    }

    DependencyException broken(String detail, @Nullable Throwable cause) {
        Matcher recovery = RECOVERY.matcher(detail);
        if (recovery.find()) {
            return failure(
                    Diagnosis.QDRANT_FAILED,
                    Nature.UNAVAILABLE,
                    "%s runs in recovery mode and answers no search: %s"
                            .formatted(server, clean(recovery.group(1))),
                    "In this mode it only deletes collections: give it more memory, or delete what is"
                            + " not needed, and start it again.",
                    cause);
        }
        return failure(
                Diagnosis.QDRANT_FAILED,
                Nature.UNAVAILABLE,
                server + " failed: " + clean(detail),
                "It is tried again by itself; if it stays, look at the cluster's status and log.",
                cause);
    }

    /** The server rejected a request as wrong. */
    DependencyException invalid(String message, @Nullable Throwable cause) {
        Matcher dimension = DIMENSION.matcher(message);
        if (dimension.find()) {
            return dimension(
                    Integer.parseInt(dimension.group(1)), Integer.parseInt(dimension.group(2)));
        }
        boolean setting =
                message.contains("Index required") || message.contains("Not existing vector name");
        return failure(
                Diagnosis.QDRANT_REQUEST_REFUSED,
                setting ? Nature.MISCONFIGURED : Nature.REQUEST_REJECTED,
                server + " refused a request: " + clean(message),
                setting
                        ? "The collection was made by something else: choose another"
                                + " QDRANT_COLLECTION, or fill this one anew: docent ingest DIR"
                        : "Look at the limits of the collection's strict mode.",
                cause);
    }

    DependencyException dimension(int expected, int actual) {
        return failure(
                Diagnosis.OTHER_VECTORS,
                Nature.MISCONFIGURED,
                "Collection \"%s\" holds vectors of %d dimensions, and the embedding model makes %d."
                        .formatted(settings.collection(), expected, actual),
                "Use the embedding model that the collection was filled with, or fill it anew:"
                        + " docent ingest DIR",
                null);
    }

    DependencyException model(String recorded, EmbeddingSpace space) {
        return failure(
                Diagnosis.OTHER_VECTORS,
                Nature.MISCONFIGURED,
                "Collection \"%s\" was filled with the embedding model %s, and %s is configured."
                        .formatted(settings.collection(), recorded, space.model()),
                "Configure that model, or fill the collection anew: docent ingest DIR",
                null);
    }

    DependencyException layout(Shape shape) {
        String found =
                shape.dense().isEmpty()
                        ? "no dense vectors"
                        : shape.dense().entrySet().stream()
                                .sorted(Map.Entry.comparingByKey())
                                .map(each ->
                                        "%s of %d numbers compared by %s"
                                                .formatted(
                                                        each.getKey().isEmpty()
                                                                ? "unnamed vectors"
                                                                : "vectors \""
                                                                        + each.getKey()
                                                                        + '"',
                                                        each.getValue().dimension(),
                                                        each.getValue().distance()))
                                .collect(Collectors.joining(" and "));
        return failure(
                Diagnosis.QDRANT_OTHER_LAYOUT,
                Nature.MISCONFIGURED,
                "Collection \"%s\" cannot be searched: it has %s; one kind of vectors is needed, compared by Cosine."
                        .formatted(settings.collection(), within(found)),
                "Choose another QDRANT_COLLECTION and fill it: docent ingest DIR",
                null);
    }

    /**
     * Another program's points, of which no text can be told.
     *
     * @param fields that a point has
     * @param needed which fields would do
     */
    DependencyException unreadable(Set<String> fields, String needed) {
        return failure(
                Diagnosis.QDRANT_OTHER_LAYOUT,
                Nature.MISCONFIGURED,
                "Collection \"%s\" cannot be read: its points have %s; needed is %s."
                        .formatted(
                                settings.collection(),
                                fields.isEmpty()
                                        ? "no fields"
                                        : within(
                                                "the fields "
                                                        + String.join(", ", new TreeSet<>(fields))),
                                needed),
                "Fill it with these fields, or choose another QDRANT_COLLECTION and fill it: docent"
                        + " ingest DIR",
                null);
    }

    /** The collection that this ingestion was filling is gone. */
    DependencyException overtaken(@Nullable Throwable cause) {
        return failure(
                Diagnosis.UPDATE_RUNNING,
                Nature.UNAVAILABLE,
                "Another ingestion of \"%s\" ran at the same time and replaced what this one was filling."
                        .formatted(settings.collection()),
                "Wait until the other one has ended, and run docent ingest again: it goes on from"
                        + " what the other one published.",
                cause);
    }

    DependencyException wordsUnread() {
        return failure(
                Diagnosis.STARTING,
                Nature.UNAVAILABLE,
                "The words of collection \"%s\" are not read yet, and the question has no vector to search by."
                        .formatted(settings.collection()),
                "They are read in the background; it is tried again by itself.",
                null);
    }

    DependencyException updating() {
        return failure(
                Diagnosis.UPDATE_RUNNING,
                Nature.REQUEST_REJECTED,
                "An update of \"%s\" is running already.".formatted(settings.collection()),
                "Wait until it has ended.",
                null);
    }

    private static DependencyException failure(
            Diagnosis diagnosis,
            Nature nature,
            String owner,
            String action,
            @Nullable Throwable cause) {
        return failure(diagnosis, nature, FailureCode.RETRIEVAL_FAILED, owner, action, null, cause);
    }

    private static DependencyException failure(
            Diagnosis diagnosis,
            Nature nature,
            FailureCode code,
            String owner,
            String action,
            @Nullable Duration retryAfter,
            @Nullable Throwable cause) {
        return new DependencyException(
                new Failure(diagnosis, code, nature, READER, owner, action, retryAfter), cause);
    }

    private static String quoted(List<String> names) {
        return names.stream().map(name -> '"' + name + '"').collect(Collectors.joining(", "));
    }

    /** A message of the server, fit to be shown, as the end of a sentence. */
    private String clean(String text) {
        return OwnWords.of(text, secret());
    }

    /** The same within a sentence. */
    private String within(String text) {
        return clean(text).replaceFirst("\\.$", "");
    }

    private String says(String text) {
        return OwnWords.after("It says:", text, secret());
    }

    private String secret() {
        return settings.apiKey() == null ? "" : settings.apiKey().reveal();
    }
}
