package dev.docent.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/**
 * Buffers output until {@link #send}, which makes one chunk and one write to the socket. {@link
 * #flush} does nothing, because Helidon's sink flushes after each event. Not thread-safe.
 */
final class CoalescingOutput extends OutputStream {
    private final ByteArrayOutputStream kept = new ByteArrayOutputStream(1024);
    private OutputStream out = nullOutputStream();

    /** Puts this buffer before a response's stream. */
    OutputStream before(OutputStream response) {
        out = response;
        return this;
    }

    /** How many bytes are buffered. */
    int size() {
        return kept.size();
    }

    /** Sends the buffered bytes; blocks while the reader does not take them. */
    void send() throws IOException {
        kept.writeTo(out);
        kept.reset();
        out.flush();
    }

    @Override
    public void write(int one) {
        kept.write(one);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
        kept.write(bytes, offset, length);
    }

    @Override
    public void close() throws IOException {
        send();
        out.close();
    }
}
