package dev.docent.http;

import java.net.BindException;

/** The port cannot be listened on; the message says which and why. */
public final class PortTakenException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private PortTakenException(int port, Throwable cause) {
        super("port " + port + " cannot be listened on: " + cause.getMessage(), cause);
    }

    /** The exception as it is, or this one where the cause is that the port cannot be bound. */
    static RuntimeException orElse(RuntimeException thrown, int port) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof BindException) {
                return new PortTakenException(port, cause);
            }
        }
        return thrown;
    }
}
