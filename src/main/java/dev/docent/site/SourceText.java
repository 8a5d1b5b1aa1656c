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

/** Reads a file of text, or says in words why it cannot. */
public final class SourceText {
    /** What no reader sees, and what turns the direction of the text around it. */
    private static final Pattern DEBRIS =
            Pattern.compile(
                    "[\\u00ad\\u200b\\u200e\\u200f\\u202a-\\u202e\\u2060\\u2066-\\u2069\\ufeff]");

    private static final int HEAD = 1 << 20;

    private SourceText() {}

    /**
     * The text in the bytes of a file, lines ending in {@code '\n'}.
     *
     * @throws UnreadableException with a reason, where there is none
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
     * @throws UnreadableException with a reason, where they cannot be had
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

    /** Why a file has no text for us; the message ends a sentence that begins with its name. */
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
