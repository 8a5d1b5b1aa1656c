package dev.docent.http;

/** The port cannot be listened on; the message says why, and what to do. */
public final class PortTakenException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    PortTakenException(String host, int port, Throwable cause) {
        super(
                "Port %d of %s cannot be listened on: %s. Set PORT to a free one%s."
                        .formatted(
                                port,
                                host,
                                cause.getMessage(),
                                host.equals("0.0.0.0")
                                        ? ""
                                        : ", or DOCENT_SERVER_HOST to an address of this machine"),
                cause);
    }
}
