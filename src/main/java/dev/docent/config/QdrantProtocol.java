package dev.docent.config;

/** The protocol to call Qdrant with, and the meaning of the port in its address. */
public enum QdrantProtocol {
    /**
     * REST on port 443, because some networks allow no other, and behind a path, where a proxy
     * leads to Qdrant; gRPC on any other port.
     */
    AUTO,
    GRPC,
    REST;

    /** Qdrant's port for gRPC. */
    public static final int GRPC_PORT = 6334;

    /** Qdrant's port for REST, which its console shows. */
    public static final int REST_PORT = 6333;

    private static final int HTTPS_PORT = 443;
    private static final int HTTP_PORT = 80;

    /** The port to use; with gRPC, REST's port means gRPC's, and a proxy has that of its scheme. */
    public int port(ServiceUrl url) {
        if (this != GRPC && !url.prefix().isEmpty()) {
            return url.portOr(url.tls() ? HTTPS_PORT : HTTP_PORT);
        }
        int usual = this == REST ? REST_PORT : GRPC_PORT;
        int written = url.portOr(usual);
        return written == REST_PORT ? usual : written;
    }

    /** Whether REST is spoken to an address, and not gRPC. */
    public boolean rest(ServiceUrl url) {
        return this == REST
                || (this == AUTO && (port(url) == HTTPS_PORT || !url.prefix().isEmpty()));
    }
}
