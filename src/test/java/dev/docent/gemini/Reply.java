package dev.docent.gemini;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** What the fake does with a request. */
@FunctionalInterface
public interface Reply {
    void write(FakeGemini.Request request, Wire wire) throws IOException;

    /** A status with a body. */
    static Reply status(int status, String body) {
        return (request, wire) -> wire.json(status, body);
    }

    /** A whole answer in these pieces. */
    static Reply answer(String... pieces) {
        return begun(
                wire -> {
                    wire.event(GoogleReplies.finish("", "STOP"));
                    wire.endStream();
                },
                pieces);
    }

    /** Some pieces, and an end with this finish reason. */
    static Reply finished(String reason, String... pieces) {
        return begun(
                wire -> {
                    wire.event(GoogleReplies.finish("", reason));
                    wire.endStream();
                },
                pieces);
    }

    /** A stream that begins with some pieces and goes on as told. */
    static Reply begun(Rest rest, String... pieces) {
        return (request, wire) -> {
            wire.beginStream();
            for (String piece : pieces) {
                wire.event(GoogleReplies.piece(piece));
            }
            rest.write(wire);
        };
    }

    /** Nothing at all, not even a head. */
    static Reply silence() {
        return (request, wire) -> wire.hang();
    }

    /** A reset instead of an answer. */
    static Reply reset() {
        return (request, wire) -> wire.reset();
    }

    /**
     * An answer of many tokens at a steady pace.
     *
     * @param pause between two tokens; zero for as fast as they are taken
     */
    static Reply paced(int tokens, Duration pause) {
        byte[] token =
                Wire.framed(
                        ("data: " + GoogleReplies.piece("token ") + "\r\n\r\n")
                                .getBytes(StandardCharsets.UTF_8));
        return (request, wire) -> {
            wire.beginStream();
            long next = System.nanoTime();
            for (int i = 0; i < tokens; i++) {
                wire.bytes(token);
                next += pause.toNanos();
                for (long left = next - System.nanoTime();
                        !pause.isZero() && left > 0;
                        left = next - System.nanoTime()) {
                    LockSupport.parkNanos(left);
                }
            }
            wire.event(GoogleReplies.finish("end.", "STOP"));
            wire.endStream();
        };
    }

    /** How a stream goes on. */
    @FunctionalInterface
    interface Rest {
        void write(Wire wire) throws IOException;
    }
}
