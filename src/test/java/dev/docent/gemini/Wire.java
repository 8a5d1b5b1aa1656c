package dev.docent.gemini;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** The server's end of a connection: from whole answers down to bytes. */
public final class Wire {
    private final Socket socket;

    Wire(Socket socket) {
        this.socket = socket;
    }

    /** A whole answer. */
    public void json(int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        bytes(
                "HTTP/1.1 %d Fake\r\nContent-Type: application/json; charset=UTF-8\r\nContent-Length: %d\r\n\r\n"
                        .formatted(status, bytes.length)
                        .getBytes(StandardCharsets.US_ASCII),
                bytes);
    }

    /** The head of a stream of events. */
    public void beginStream() throws IOException {
        raw(
                "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n");
    }

    /** An event, in a chunk of its own, with the line ends that Google sends. */
    public void event(String json) throws IOException {
        chunk(("data: " + json + "\r\n\r\n").getBytes(StandardCharsets.UTF_8));
    }

    /** A chunk. */
    public void chunk(byte[] data) throws IOException {
        bytes(framed(data));
    }

    /** The regular end of a stream. */
    public void endStream() throws IOException {
        raw("0\r\n\r\n");
    }

    /** Text without any frame around it. */
    public void raw(String text) throws IOException {
        bytes(text.getBytes(StandardCharsets.UTF_8));
    }

    void bytes(byte[]... several) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] some : several) {
            all.writeBytes(some);
        }
        socket.getOutputStream().write(all.toByteArray());
    }

    static byte[] framed(byte[] data) {
        ByteArrayOutputStream chunk = new ByteArrayOutputStream(data.length + 16);
        chunk.writeBytes(
                (Integer.toHexString(data.length) + "\r\n").getBytes(StandardCharsets.US_ASCII));
        chunk.writeBytes(data);
        chunk.writeBytes("\r\n".getBytes(StandardCharsets.US_ASCII));
        return chunk.toByteArray();
    }

    /** Says nothing more, and returns when the client has closed the connection. */
    public void hang() throws IOException {
        socket.getInputStream().transferTo(OutputStream.nullOutputStream());
    }

    /** Ends the connection with a reset instead of an end. */
    public void reset() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    /** Ends the connection in order. */
    public void close() throws IOException {
        socket.close();
    }
}
