package dev.docent.site;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The files that a page is made of, each with the digest of its content, and the files that were
 * looked for but missing. Digests rather than modification times, because a checkout gives every
 * file a new time, and an edit within a tick of the clock keeps the old one. Not thread-safe.
 */
public final class PageInputs {
    private static final String ABSENT = "absent";

    /**
     * Marks a file that could not be read, or that changed while it was read twice; equals no
     * digest.
     */
    private static final String UNSURE = "unsure";

    private final long maxBytes;
    private final Map<String, String> digests = new LinkedHashMap<>();

    public PageInputs(long maxBytes) {
        this.maxBytes = maxBytes;
    }

    /**
     * The text of a file.
     *
     * @throws SourceText.UnreadableException if it has none
     */
    String text(Path path) {
        try {
            byte[] bytes = SourceText.bytes(path, maxBytes);
            note(path, digest(bytes));
            return SourceText.text(bytes);
        } catch (SourceText.UnreadableException e) {
            note(path, UNSURE);
            throw e;
        }
    }

    boolean exists(Path path) {
        boolean exists = Files.isRegularFile(path);
        if (!exists) {
            note(path, ABSENT);
        }
        return exists;
    }

    /** The digests noted so far, by path. */
    public Map<String, String> digests() {
        return digests;
    }

    /** Whether a file is as it was when the digest was noted. */
    public static boolean unchanged(Path path, String digest, long maxBytes) {
        if (digest.equals(UNSURE)) {
            return false;
        }
        if (!Files.isRegularFile(path)) {
            return digest.equals(ABSENT);
        }
        try {
            return digest(SourceText.bytes(path, maxBytes)).equals(digest);
        } catch (SourceText.UnreadableException e) {
            // The reader that wants its text reports why it cannot be read.
            return false;
        }
    }

    public static String digest(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }

    private void note(Path path, String digest) {
        digests.merge(path.toString(), digest, (one, two) -> one.equals(two) ? one : UNSURE);
    }
}
