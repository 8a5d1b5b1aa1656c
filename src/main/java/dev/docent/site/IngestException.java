package dev.docent.site;

/** There is nothing to ingest; the message is one sentence for the owner. */
public final class IngestException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public IngestException(String message) {
        super(message);
    }
}
