package dev.docent.bench;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * One reader's view of an answer, as it comes in pieces: holds the order of the events, and that no
 * character of the model is missing, against the contract.
 */
final class Reader {
    private static final byte[] TOKEN = bytes("data: {\"type\":\"token\",\"content\":\"");
    private static final byte[] METADATA = bytes("data: {\"type\":\"metadata\"");
    private static final byte[] DONE = bytes("data: {\"type\":\"done\"");
    private static final byte[] ERROR = bytes("data: {\"type\":\"error\"");
    private static final byte[] DATA = bytes("data: ");
    private static final byte[] OK = bytes("HTTP/1.1 200");

    private final int tokens;
    private byte[] line = new byte[1024];
    private int length;
    private boolean first = true;
    private boolean begun;
    private boolean done;
    private long seen;
    private long characters;
    private int errors;
    private String error = "";
    private int violations;

    /**
     * @param tokens how many the model gives; 0 where that is not known
     */
    Reader(int tokens) {
        this.tokens = tokens;
    }

    /** Takes what has come and returns how many tokens were in it. */
    long take(ByteBuffer in) {
        long before = seen;
        while (in.hasRemaining()) {
            byte next = in.get();
            if (next == '\n') {
                line();
                length = 0;
            } else {
                if (length == line.length) {
                    line = Arrays.copyOf(line, 2 * length);
                }
                line[length++] = next;
            }
        }
        return seen - before;
    }

    /** Failures that the service has told of itself. */
    int errors() {
        return errors;
    }

    /** The line with the last of them, empty where there is none. */
    String error() {
        return error;
    }

    /** What the contract does not allow, counted when the answer has ended. */
    int violations() {
        boolean whole = tokens == 0 || characters == tokens * "token ".length() + "end.".length();
        return violations + (done && seen > 0 && whole ? 0 : 1);
    }

    /** Lines of chunked encoding are passed over: an event never spreads over two chunks. */
    private void line() {
        if (first) {
            first = false;
            if (!starts(OK)) {
                fail();
            }
        }
        if (!starts(DATA)) {
            return;
        }
        violations += done || begun == starts(METADATA) ? 1 : 0;
        begun = true;
        if (starts(TOKEN)) {
            seen++;
            characters += length - TOKEN.length - "\"}".length();
        } else if (starts(ERROR)) {
            fail();
        } else {
            done = starts(DONE);
        }
    }

    private void fail() {
        errors++;
        error = new String(line, 0, length, StandardCharsets.UTF_8).strip();
    }

    private boolean starts(byte[] prefix) {
        return length >= prefix.length
                && Arrays.equals(line, 0, prefix.length, prefix, 0, prefix.length);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
