package dev.docent.http;

/** The port cannot be listened on; the message says which and why. */
public final class PortTakenException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    PortTakenException(int port, Throwable cause) {
        super("port " + port + " cannot be listened on: " + cause.getMessage(), cause);
    }
}
