package dev.docent.database;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.text.Normalizer;
import java.util.HexFormat;
import java.util.Locale;

/** Text in the form in which a database takes it. */
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
     * A key that questions asked alike share: case, punctuation, spacing and the width of letters
     * do not count. It is a hash because an index takes no key as long as a question may be.
     */
    static String likeness(String question) {
        String words =
                Normalizer.normalize(question, Normalizer.Form.NFKC)
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^\\p{L}\\p{M}\\p{N}]+", " ")
                        .strip();
        // A question of signs alone would have no words to tell it from another.
        byte[] key = (words.isEmpty() ? question.strip() : words).getBytes(UTF_8);
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(key));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
