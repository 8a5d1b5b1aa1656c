package dev.docent.site;

/** A site that cannot be read, or has no page; the message is one sentence for the owner. */
public final class SiteException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public SiteException(String message) {
        super(message);
    }
}
