package dev.docent.connection;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.helidon.http.DirectHandler;
import io.helidon.http.HeaderNames;
import io.helidon.http.Headers;
import io.helidon.http.RequestException;
import io.helidon.http.Status;
import java.io.ByteArrayOutputStream;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Holds the bytes of a connection against the grammar of requests where Helidon 4.5 does not: of a
 * chunked body (RFC 9112, 7.1) it takes wrong sizes and no extensions or trailers, which stand
 * between the chunks and mean nothing here; it takes methods in lower case, and fields without a
 * name. What breaks the grammar is answered with 400, and what means nothing is left out. Not
 * thread-safe.
 */
final class Framing {
    private static final byte[] EMPTY = {};
    private static final int MOST_DIGITS = 8;

    private enum Part {
        METHOD,
        /** The first character of a line of the head. */
        LINE_START,
        LINE,
        /** The head has ended; its fields are not known yet. */
        HEAD_ENDED,
        /** A body of known length. */
        BODY,
        SIZE,
        EXTENSION_OR_BLANK,
        EXTENSION,
        SIZE_END,
        DATA,
        DATA_CR,
        DATA_LF,
        TRAILER_START,
        TRAILER_NAME,
        TRAILER,
        TRAILER_LF,
        LAST_LF
    }

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private byte[] in = EMPTY;
    private int at;
    private Part part = Part.METHOD;
    private int ends;
    private long left;
    private int digits;

    /** Tells how the body is framed that follows the head which was passed on last. */
    void headEnded(Headers head) {
        if (part != Part.HEAD_ENDED) {
            return;
        }
        left = head.contentLength().orElse(0);
        if (head.contains(HeaderNames.TRANSFER_ENCODING)) {
            size();
        } else {
            part = left > 0 ? Part.BODY : Part.METHOD;
        }
    }

    /**
     * The next bytes for Helidon, which end where a head ends.
     *
     * @param more the next bytes from the socket; null at its end
     * @return null at the end
     * @throws RequestException when they are no request
     */
    byte @Nullable [] next(Supplier<byte @Nullable []> more) {
        if (part == Part.HEAD_ENDED) {
            part = Part.METHOD; // it was none, just empty lines
        }
        out.reset();
        while (out.size() == 0) {
            if (at == in.length) {
                byte @Nullable [] bytes = more.get();
                if (bytes == null) {
                    return null;
                }
                in = bytes;
                at = 0;
            }
            while (at < in.length && part != Part.HEAD_ENDED) {
                if (part == Part.BODY || part == Part.DATA) {
                    pass();
                } else {
                    read(in[at++]);
                }
            }
            if (at == in.length) {
                in = EMPTY;
                at = 0;
            }
        }
        return out.toByteArray();
    }

    private void pass() {
        int count = (int) Math.min(left, in.length - at);
        out.write(in, at, count);
        at += count;
        left -= count;
        if (left == 0) {
            part = part == Part.DATA ? Part.DATA_CR : Part.METHOD;
        }
    }

    private void read(byte b) {
        switch (part) {
            case METHOD -> {
                require(b < 'a' || b > 'z');
                head(b, b == ' ' ? Part.LINE : Part.METHOD);
            }
            case LINE_START -> {
                require(b != ':');
                head(b, Part.LINE);
            }
            case LINE -> head(b, Part.LINE);
            case SIZE -> {
                int digit = Character.digit(b, 16);
                if (digit >= 0) {
                    digits++;
                    require(digits <= MOST_DIGITS);
                    left = 16 * left + digit;
                } else {
                    require(digits > 0);
                    part = afterSize(b);
                }
            }
            case EXTENSION_OR_BLANK -> {
                if (!isBlank(b)) {
                    require(b == ';');
                    part = Part.EXTENSION;
                }
            }
            case EXTENSION -> {
                require(isText(b) || b == '\r');
                part = b == '\r' ? Part.SIZE_END : Part.EXTENSION;
            }
            case SIZE_END -> {
                require(b == '\n');
                out.writeBytes(Long.toHexString(left).getBytes(US_ASCII));
                crlf();
                part = left == 0 ? Part.TRAILER_START : Part.DATA;
            }
            case DATA_CR -> {
                require(b == '\r');
                part = Part.DATA_LF;
            }
            case DATA_LF -> {
                require(b == '\n');
                crlf();
                size();
            }
            case TRAILER_START -> {
                require(b == '\r' || (isText(b) && !isBlank(b) && b != ':'));
                part = b == '\r' ? Part.LAST_LF : Part.TRAILER_NAME;
            }
            case TRAILER_NAME -> {
                require(isText(b) && !isBlank(b));
                part = b == ':' ? Part.TRAILER : Part.TRAILER_NAME;
            }
            case TRAILER -> {
                require(isText(b) || b == '\r');
                part = b == '\r' ? Part.TRAILER_LF : Part.TRAILER;
            }
            case TRAILER_LF -> {
                require(b == '\n');
                part = Part.TRAILER_START;
            }
            case LAST_LF -> {
                require(b == '\n');
                crlf();
                part = Part.METHOD;
            }
            case HEAD_ENDED, BODY, DATA -> throw new IllegalStateException(part.name());
        }
    }

    private void head(byte b, Part next) {
        out.write(b);
        boolean expected = b == (ends % 2 == 0 ? '\r' : '\n');
        ends = expected ? ends + 1 : b == '\r' ? 1 : 0;
        part = ends == 4 ? Part.HEAD_ENDED : ends == 2 ? Part.LINE_START : next;
        if (ends == 4) {
            ends = 0;
        }
    }

    private void size() {
        part = Part.SIZE;
        left = 0;
        digits = 0;
    }

    private static Part afterSize(byte b) {
        return switch (b) {
            case '\r' -> Part.SIZE_END;
            case ';' -> Part.EXTENSION;
            default -> {
                require(isBlank(b));
                yield Part.EXTENSION_OR_BLANK;
            }
        };
    }

    private void crlf() {
        out.write('\r');
        out.write('\n');
    }

    private static boolean isBlank(byte b) {
        return b == ' ' || b == '\t';
    }

    /** Whether it is no control character, or a tab. */
    private static boolean isText(byte b) {
        return b < 0 || (b >= ' ' && b != 0x7f) || b == '\t';
    }

    private static void require(boolean valid) {
        if (!valid) {
            throw RequestException.builder()
                    .type(DirectHandler.EventType.BAD_REQUEST)
                    .status(Status.BAD_REQUEST_400)
                    .message("not valid HTTP")
                    .setKeepAlive(false)
                    .build();
        }
    }
}
