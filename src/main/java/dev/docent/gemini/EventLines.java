package dev.docent.gemini;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Reads server-sent events from a stream, one at a time. Text outside of events is kept, because
 * Gemini reports an error in the middle of a stream as plain JSON. Not thread-safe.
 */
final class EventLines {
    private static final int MOST_STRAY = 64 * 1024;

    private final InputStream in;
    private final int mostInLine;
    private final Runnable beforeWaiting;
    private final byte[] buffer = new byte[4 * 1024];
    private int position;
    private int limit;
    private byte[] line = new byte[1024];
    private int length;
    private boolean afterReturn;
    private final StringBuilder stray = new StringBuilder();

    /**
     * @param mostInLine the longest line in bytes
     * @param beforeWaiting called before a read that may block, because no more bytes (with TLS, no
     *     more bytes of the current record) are available
     */
    EventLines(InputStream in, int mostInLine, Runnable beforeWaiting) {
        this.in = in;
        this.mostInLine = mostInLine;
        this.beforeWaiting = beforeWaiting;
    }

    /** The data of the next event as UTF-8, null at the end of the stream. */
    byte @Nullable [] next() throws IOException {
        byte[] data = null;
        while (nextLine()) {
            if (length == 0) {
                if (data != null) {
                    return data;
                }
            } else if (startsWith("data:")) {
                int start = line.length > 5 && length > 5 && line[5] == ' ' ? 6 : 5;
                data = data == null ? Arrays.copyOfRange(line, start, length) : joined(data, start);
            } else if (!isField() && stray.length() < MOST_STRAY) {
                stray.append(new String(line, 0, length, StandardCharsets.UTF_8)).append('\n');
            }
        }
        return data;
    }

    /** The text outside of events so far. */
    String stray() {
        return stray.toString();
    }

    /** Appends a further data line of an event, after a line break. */
    private byte[] joined(byte[] data, int start) {
        byte[] both = Arrays.copyOf(data, data.length + 1 + length - start);
        both[data.length] = '\n';
        System.arraycopy(line, start, both, data.length + 1, length - start);
        return both;
    }

    private boolean isField() {
        return line[0] == ':' || startsWith("event:") || startsWith("id:") || startsWith("retry:");
    }

    private boolean startsWith(String prefix) {
        if (length < prefix.length()) {
            return false;
        }
        for (int i = 0; i < prefix.length(); i++) {
            if (line[i] != prefix.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** Reads a line, which ends with CR, LF or both, into {@link #line}; false at the end. */
    private boolean nextLine() throws IOException {
        length = 0;
        while (true) {
            if (position == limit) {
                if (in.available() == 0) {
                    beforeWaiting.run();
                }
                position = 0;
                limit = Math.max(0, in.read(buffer, 0, buffer.length));
                if (limit == 0) {
                    return length > 0;
                }
            }
            if (afterReturn && buffer[position] == '\n') {
                position++;
                afterReturn = false;
                continue;
            }
            afterReturn = false;
            int end = position;
            while (end < limit && buffer[end] != '\n' && buffer[end] != '\r') {
                end++;
            }
            append(end);
            position = end;
            if (end < limit) {
                afterReturn = buffer[end] == '\r';
                position++;
                return true;
            }
        }
    }

    private void append(int end) throws IOException {
        int more = end - position;
        if (length + more > mostInLine) {
            throw new TooLongException();
        }
        if (length + more > line.length) {
            line = Arrays.copyOf(line, Math.max(length + more, line.length * 2));
        }
        System.arraycopy(buffer, position, line, length, more);
        length += more;
    }

    /** A line is longer than any sensible piece of an answer. */
    static final class TooLongException extends IOException {
        private static final long serialVersionUID = 1L;
    }
}
