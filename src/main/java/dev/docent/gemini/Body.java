package dev.docent.gemini;

import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;

/**
 * The body of an answer, decoded as its head says: in chunks, of a known length, or up to the end
 * of the connection (RFC 9112, section 6.3). A read returns what is there instead of waiting for
 * more. Not thread-safe.
 */
final class Body extends InputStream {
    private static final int MAX_CHUNK_LINE = 1024;

    private final Connection connection;
    private final boolean chunked;
    private final boolean untilEnd;
    private long left;
    private boolean begun;
    private boolean ended;

    Body(Connection connection, Connection.Head head) throws IOException {
        this.connection = connection;
        this.chunked =
                head.header("transfer-encoding").toLowerCase(Locale.ROOT).contains("chunked");
        String length = head.header("content-length");
        this.untilEnd = !chunked && length.isEmpty();
        this.left = chunked || untilEnd ? 0 : Connection.number(length, 10);
        this.ended = !chunked && !untilEnd && left == 0;
    }

    /** Whether all of it was read and the connection can be used again. */
    boolean complete() {
        return ended && !untilEnd;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (chunked && left == 0 && !ended) {
            nextChunk();
        }
        if (ended) {
            return -1;
        }
        int most = untilEnd ? length : (int) Math.min(length, left);
        int count = connection.read(target, offset, most);
        if (count < 0) {
            if (!untilEnd) {
                throw new Connection.CutOffException();
            }
            ended = true;
            return -1;
        }
        if (!untilEnd) {
            left -= count;
            ended = !chunked && left == 0;
        }
        return count;
    }

    private void nextChunk() throws IOException {
        if (begun && !connection.readLine(2).isEmpty()) {
            throw new Connection.NotHttpException("a chunk of the answer is longer than it says");
        }
        begun = true;
        String line = connection.readLine(MAX_CHUNK_LINE);
        int extension = line.indexOf(';');
        String size = (extension < 0 ? line : line.substring(0, extension)).strip();
        left = Connection.number(size, 16);
        if (left < 0) {
            throw new Connection.NotHttpException("a chunk of the answer has no size");
        }
        if (left == 0) {
            // Trailer fields end with an empty line.
            String trailer = connection.readLine(MAX_CHUNK_LINE);
            while (!trailer.isEmpty()) {
                trailer = connection.readLine(MAX_CHUNK_LINE);
            }
            ended = true;
        }
    }
}
