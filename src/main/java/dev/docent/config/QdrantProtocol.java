package dev.docent.config;

/** How a Qdrant is spoken to, and what the ports in its address mean. */
public enum QdrantProtocol {
    /** REST on the port of HTTPS, where networks let nothing else through; gRPC on any other. */
    AUTO,
    GRPC,
    REST;

    /** Where a Qdrant speaks gRPC. */
    public static final int GRPC_PORT = 6334;

    /** Where a Qdrant speaks REST; the one that its console shows. */
    public static final int REST_PORT = 6333;

    private static final int HTTPS_PORT = 443;

    /** The port to speak to; REST's own means gRPC's where gRPC is spoken. */
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
