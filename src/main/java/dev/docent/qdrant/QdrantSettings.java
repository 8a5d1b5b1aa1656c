package dev.docent.qdrant;

import dev.docent.config.QdrantProtocol;
import dev.docent.config.Secret;
import dev.docent.config.ServiceUrl;
import dev.docent.config.SettingsReader;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Where Qdrant is and how to call it.
 *
 * @param url address; null only if Qdrant is not chosen
 * @param apiKey null for a server that asks for none
 * @param collection what the owner calls the index, see {@link QdrantIndex}
 * @param timeout deadline of a reading call, connecting included; a writing call gets {@link
 *     #writeTimeout}
 * @param transport which protocol is spoken
 */
public record QdrantSettings(
        @Nullable ServiceUrl url,
        @Nullable Secret apiKey,
        String collection,
        Duration timeout,
        QdrantProtocol transport) {

    /** Checks that the key can be sent; the message does not repeat it. */
    public QdrantSettings {
        // gRPC would drop other characters and log the whole value.
        if (apiKey != null && !apiKey.sendable()) {
            throw new IllegalArgumentException("apiKey holds a character that no header can carry");
        }
    }

    /** Reads {@code qdrant.*}. */
    public static QdrantSettings read(SettingsReader in) {
        return new QdrantSettings(
                in.optionalText("qdrant.url").map(ServiceUrl::parse).orElse(null),
                in.secret("qdrant.key").orElse(null),
                in.text("qdrant.collection"),
                in.duration("qdrant.timeout", Duration.ofMillis(100), Duration.ofMinutes(2)),
                in.choice("qdrant.transport", QdrantProtocol.class));
    }

    /** The alias of what docent ingest publishes. */
    String alias() {
        return collection + "-docent";
    }

    String host() {
        return server().host();
    }

    int port() {
        return transport.port(server());
    }

    boolean tls() {
        return server().tls();
    }

    boolean rest() {
        return transport.rest(server());
    }

    /**
     * Writes wait until they are applied, which on a free cluster takes much longer than reading.
     */
    Duration writeTimeout() {
        return timeout.multipliedBy(12);
    }

    /**
     * Shorter than the deadline of a call, so that an unreachable port can be told from a slow
     * server.
     */
    Duration connectTimeout() {
        return timeout.dividedBy(2);
    }

    String address() {
        // IPv6 addresses contain colons.
        return (host().contains(":") ? "[" + host() + "]" : host()) + ":" + port();
    }

    /** What stands before the paths of REST, behind a proxy; mostly empty. */
    String prefix() {
        return server().prefix();
    }

    private ServiceUrl server() {
        return Objects.requireNonNull(url);
    }
}
