package dev.docent.config;

/** The protocol to call Qdrant with, and the meaning of the port in its address. */
public enum QdrantProtocol {
    /** REST on port 443, because some networks allow no other; gRPC on any other port. */
    AUTO,
    GRPC,
    REST;

    /** Qdrant's port for gRPC. */
    public static final int GRPC_PORT = 6334;

    /** Qdrant's port for REST, which its console shows. */
    public static final int REST_PORT = 6333;

    private static final int HTTPS_PORT = 443;

    /** The port to use; with gRPC, REST's port means gRPC's. */
    public int port(ServiceUrl url) {
        int usual = this == REST ? REST_PORT : GRPC_PORT;
        int written = url.portOr(usual);
        return written == REST_PORT ? usual : written;
    }

    /** Whether REST is spoken to an address, and not gRPC. */
    public boolean rest(ServiceUrl url) {
        return this == REST || (this == AUTO && port(url) == HTTPS_PORT);
    }
}
