package dev.docent.site;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** Reads text files, and says why one cannot be read. */
public final class SourceText {
    /** Invisible characters, and those that change the direction of text. */
    private static final Pattern DEBRIS =
            Pattern.compile(
                    "[\\u00ad\\u200b\\u200e\\u200f\\u202a-\\u202e\\u2060\\u2066-\\u2069\\ufeff]");

    private static final int HEAD = 1 << 20;

    private SourceText() {}

    /**
     * The text of a file's bytes, with {@code '\n'} as line ends.
     *
     * @throws UnreadableException if they are not text in UTF-8
     */
    static String text(byte[] bytes) {
        for (byte b : bytes) {
            if (b == 0) {
                throw new UnreadableException("it is not text but a binary file");
            }
        }
        try {
            String text =
                    StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
            return DEBRIS.matcher(text).replaceAll("").replace("\r\n", "\n").replace('\r', '\n');
        } catch (CharacterCodingException e) {
            throw new UnreadableException("it is not UTF-8; save it with that encoding");
        }
    }

    /**
     * The bytes of a file.
     *
     * @throws UnreadableException if it cannot be read or is too long
     */
    static byte[] bytes(Path path, long maxBytes) {
        try {
            long size = Files.size(path);
            if (size > maxBytes) {
                throw new UnreadableException(
                        "it has %,d bytes, and the limit is %,d".formatted(size, maxBytes));
            }
            try (InputStream in = Files.newInputStream(path)) {
                return in.readNBytes((int) Math.min(maxBytes, Integer.MAX_VALUE));
            }
        } catch (AccessDeniedException e) {
            throw new UnreadableException("it may not be read; look at its permissions");
        } catch (IOException e) {
            throw new UnreadableException(
                    "it cannot be read (" + e.getClass().getSimpleName() + ")");
        }
    }

    /** The first mebibyte of a file as UTF-8; empty where it cannot be read. */
    static String head(Path file) {
        try (var in = Files.newInputStream(file)) {
            return new String(in.readNBytes(HEAD), StandardCharsets.UTF_8);
        } catch (IOException e) {
            return "";
        }
    }

    /** A file cannot be read as text; the message ends a sentence that begins with its name. */
    public static final class UnreadableException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        UnreadableException(String reason) {
            super(reason);
        }

        public String reason() {
            return String.valueOf(getMessage());
        }
    }
}
