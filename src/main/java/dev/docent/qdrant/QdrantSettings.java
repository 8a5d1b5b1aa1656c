package dev.docent.qdrant;

import dev.docent.config.Secret;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Where Qdrant is and how to call it.
 *
 * @param host name or address alone, without scheme and port
 * @param port by default 6334 for gRPC and 6333 for REST, or 443 for REST in Qdrant Cloud
 * @param tls whether the connection is encrypted
 * @param apiKey null for a server that asks for none
 * @param collection what the owner calls the index, see {@link QdrantIndex}
 * @param timeout deadline of a reading call, connecting included; a writing call gets {@link
 *     #writeTimeout}
 * @param transport which protocol is spoken
 */
public record QdrantSettings(
        String host,
        int port,
        boolean tls,
        @Nullable Secret apiKey,
        String collection,
        Duration timeout,
        Protocol transport) {

    /** How Qdrant is spoken to. */
    public enum Protocol {
        /** REST on port 443, gRPC on any other. */
        AUTO,
        GRPC,
        REST
    }

    /** Checks that each value is usable; messages do not repeat values. */
    public QdrantSettings {
        if (host.isBlank() || collection.isBlank()) {
            throw new IllegalArgumentException("host and collection must not be blank");
        }
        if (port < 1 || port > 65_535) {
            throw new IllegalArgumentException("port is not in 1 to 65535: " + port);
        }
        if (!timeout.isPositive()) {
            throw new IllegalArgumentException("timeout is not positive: " + timeout);
        }
        // gRPC would drop other characters and log the whole value.
        if (apiKey != null && !apiKey.reveal().chars().allMatch(c -> c >= 32 && c <= 126)) {
            throw new IllegalArgumentException("apiKey holds a character that no header can carry");
        }
    }

    boolean rest() {
        return transport == Protocol.REST || (transport == Protocol.AUTO && port == 443);
    }

    /**
     * Writes wait until they are applied, which on a free cluster takes much longer than reading.
     */
    Duration writeTimeout() {
        return timeout.multipliedBy(6);
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
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }
}
