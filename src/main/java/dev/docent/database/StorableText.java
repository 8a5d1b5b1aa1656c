package dev.docent.database;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.text.Normalizer;
import java.util.HexFormat;
import java.util.Locale;

/** Converts text to what a database can store. */
final class StorableText {
    private StorableText() {}

    /**
     * The text without what PostgreSQL refuses: U+0000 becomes the replacement character, half a
     * surrogate pair a question mark.
     */
    static String text(String text) {
        return new String(text.getBytes(UTF_8), UTF_8).replace('\0', '\uFFFD');
    }

    /**
     * A key for equal questions, whatever their case, punctuation, spacing and width of letters. It
     * is a hash, because a question may be too long for an index key.
     */
    static String likeness(String question) {
        String words =
                Normalizer.normalize(question, Normalizer.Form.NFKC)
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^\\p{L}\\p{M}\\p{N}]+", " ")
                        .strip();
        // A question without words is compared as it is.
        byte[] key = (words.isEmpty() ? question.strip() : words).getBytes(UTF_8);
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(key));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
