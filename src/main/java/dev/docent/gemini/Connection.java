package dev.docent.gemini;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongSupplier;

/**
 * One HTTP/1.1 connection over a blocking socket: a request at a time, its answer's head, and a
 * body that is read as it comes. {@link #left} says how much time the present wait has; a {@link
 * Guard} closes the connection when it is over. Used by one thread at a time, apart from {@link
 * #left}, {@link #expire} and {@link #close}, which end a wait from outside.
 *
 * <p>Why not the JDK's client: it has no time limit once the head is there, and it hands each piece
 * from its selector by way of an executor to the reader, where here the reader reads by itself.
 */
final class Connection implements AutoCloseable {
    private static final int MAX_HEAD = 64 * 1024;

    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;
    private final LongSupplier ticker;
    private final byte[] buffer = new byte[16 * 1024];
    private int position;
    private int limit;
    private long end;
    private long silence;
    private boolean answering;
    private volatile long until;
    private volatile boolean expired;

    /**
     * @param socket the plain one, which ends all waits when it is closed
     * @param in what is read over it, decrypted
     * @param out what is written to it, to be encrypted
     */
    Connection(Socket socket, InputStream in, OutputStream out, LongSupplier ticker) {
        this.socket = socket;
        this.in = in;
        this.out = out;
        this.ticker = ticker;
    }

    /**
     * Limits the waits that follow.
     *
     * @param deadline when the last of them must be over
     * @param quiet the longest wait for a single piece
     */
    void limit(Deadline deadline, Duration quiet) {
        end = deadline.at();
        silence = quiet.toNanos();
        begin();
    }

    private void begin() {
        long now = ticker.getAsLong();
        until = Math.min(end - now, silence) + now;
    }

    /** Nanoseconds that the present wait may last, 0 or less when its time is up. */
    long left() {
        return until - ticker.getAsLong();
    }

    /** Closes it because time is up. */
    void expire() {
        expired = true;
        close();
    }

    void send(byte[] request) throws IOException {
        answering = false;
        try {
            out.write(request);
            out.flush();
        } catch (IOException e) {
            throw explained(e);
        }
    }

    /** Whether a byte of the answer has come since the request was sent. */
    boolean answering() {
        return answering;
    }

    /** Reads the status line and the headers. */
    Head readHead() throws IOException {
        String start = readLine(MAX_HEAD);
        if (!start.startsWith("HTTP/1.") || start.length() < 12) {
            throw new NotHttpException("the answer does not begin like one of HTTP/1.1");
        }
        int left = MAX_HEAD;
        Map<String, String> headers = new TreeMap<>();
        String line = readLine(left);
        while (!line.isEmpty()) {
            int colon = line.indexOf(':');
            if (colon > 0) {
                headers.put(
                        line.substring(0, colon).toLowerCase(Locale.ROOT),
                        line.substring(colon + 1).strip());
            }
            left -= line.length();
            line = readLine(left);
        }
        return new Head(number(start.substring(9, 12), 10), headers, start.startsWith("HTTP/1.0"));
    }

    /** A line without its end, at most {@code most} bytes long. */
    String readLine(int most) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = read(); next != '\n'; next = read()) {
            if (line.length() >= most) {
                throw new NotHttpException("a line of the answer's head is too long");
            }
            line.append((char) next);
        }
        int length = line.length();
        return length > 0 && line.charAt(length - 1) == '\r'
                ? line.substring(0, length - 1)
                : line.toString();
    }

    /**
     * Up to {@code most} bytes that are there, or else the next ones to come.
     *
     * @return how many, −1 at the connection's end
     */
    int read(byte[] target, int offset, int most) throws IOException {
        if (position == limit && fill() < 0) {
            return -1;
        }
        int count = Math.min(most, limit - position);
        System.arraycopy(buffer, position, target, offset, count);
        position += count;
        return count;
    }

    private int read() throws IOException {
        if (position == limit && fill() < 0) {
            throw new CutOffException();
        }
        return buffer[position++] & 0xff;
    }

    private int fill() throws IOException {
        begin();
        try {
            int count = in.read(buffer, 0, buffer.length);
            position = 0;
            limit = Math.max(0, count);
            answering |= count > 0;
            return count;
        } catch (IOException e) {
            throw explained(e);
        }
    }

    private IOException explained(IOException e) {
        if (!expired) {
            return e;
        }
        SocketTimeoutException late = new SocketTimeoutException("the time is up");
        late.initCause(e);
        return late;
    }

    /** Whether another request may go over it: all that came was read. */
    boolean clean() {
        return position == limit && !socket.isClosed();
    }

    static int number(String digits, int radix) throws IOException {
        try {
            return Integer.parseInt(digits, radix);
        } catch (NumberFormatException e) {
            throw new NotHttpException("the answer's head holds no number where one must be", e);
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            // The descriptor is released all the same; there is nobody whom it would help.
        }
    }

    /**
     * The head of an answer.
     *
     * @param status the status code
     * @param headers by name in lower case
     * @param old whether it speaks HTTP/1.0, which keeps no connection
     */
    record Head(int status, Map<String, String> headers, boolean old) {

        Head {
            headers = Map.copyOf(headers);
        }

        String header(String name) {
            return headers.getOrDefault(name, "");
        }

        boolean closes() {
            return old || header("connection").toLowerCase(Locale.ROOT).contains("close");
        }
    }

    /** What answers is no HTTP server. */
    static final class NotHttpException extends IOException {
        private static final long serialVersionUID = 1L;

        NotHttpException(String message) {
            super(message);
        }

        NotHttpException(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /** The connection ended before the answer did. */
    static final class CutOffException extends IOException {
        private static final long serialVersionUID = 1L;

        CutOffException() {
            super("the connection ended before the answer did");
        }
    }
}
