package dev.docent.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/**
 * Keeps what is written until it is sent, which is then one chunk and one write to the socket.
 * Flushing does nothing, because Helidon's sink flushes after each event. Not thread-safe.
 */
final class CoalescingOutput extends OutputStream {
    private final ByteArrayOutputStream kept = new ByteArrayOutputStream(1024);
    private OutputStream out = nullOutputStream();

    /** Takes its place before a response's own stream. */
    OutputStream before(OutputStream response) {
        out = response;
        return this;
    }

    /** How many bytes are kept. */
    int size() {
        return kept.size();
    }

    /** Sends what is kept; blocks while the reader takes nothing. */
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
