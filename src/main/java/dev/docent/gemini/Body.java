package dev.docent.gemini;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The body of an answer, for one thread to read as it comes. A read returns what is there instead
 * of waiting for more, and waits no longer than {@link #limit} says: the JDK's client has no time
 * limit once the head is there. The client keeps to itself what was not asked for, so that a slow
 * reader slows the server down.
 */
final class Body extends InputStream implements BodySubscriber<Body> {
    private static final int AHEAD = 4;
    private static final List<ByteBuffer> END = List.of();

    private final BlockingQueue<List<ByteBuffer>> arrived = new LinkedBlockingQueue<>();
    private final Queue<ByteBuffer> taken = new ArrayDeque<>();
    private final CompletableFuture<Flow.Subscription> subscription = new CompletableFuture<>();
    private volatile @Nullable Throwable broken;
    private Deadline deadline;
    private Duration silence;
    private boolean ended;

    Body(Deadline deadline) {
        this.deadline = deadline;
        this.silence = deadline.remaining();
    }

    /**
     * Limits the reads that follow.
     *
     * @param until when the last of them must be over
     * @param quiet the longest wait for a single piece
     */
    void limit(Deadline until, Duration quiet) {
        deadline = until;
        silence = quiet;
    }

    @Override
    public CompletionStage<Body> getBody() {
        return CompletableFuture.completedStage(this);
    }

    @Override
    public void onSubscribe(Flow.Subscription source) {
        subscription.complete(source);
        source.request(AHEAD);
    }

    @Override
    public void onNext(List<ByteBuffer> item) {
        arrived.add(item);
    }

    @Override
    public void onError(Throwable throwable) {
        broken = throwable;
        arrived.add(END);
    }

    @Override
    public void onComplete() {
        arrived.add(END);
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        ByteBuffer next = taken.peek();
        while (next == null || !next.hasRemaining()) {
            taken.poll();
            if (taken.isEmpty() && !take()) {
                return -1;
            }
            next = taken.peek();
        }
        int count = Math.min(length, next.remaining());
        next.get(target, offset, count);
        return count;
    }

    /** Waits for the next pieces; false at the end. */
    private boolean take() throws IOException {
        List<ByteBuffer> pieces = ended ? END : await();
        if (!pieces.isEmpty()) {
            taken.addAll(pieces);
            subscription.join().request(1);
            return true;
        }
        ended = true;
        if (broken != null) {
            throw new IOException("the answer broke off", broken);
        }
        return false;
    }

    private List<ByteBuffer> await() throws IOException {
        try {
            long longest = Math.min(silence.toNanos(), deadline.nanos());
            List<ByteBuffer> pieces = arrived.poll(longest, TimeUnit.NANOSECONDS);
            if (pieces == null) {
                throw new HttpTimeoutException("no piece of the answer in time");
            }
            return pieces;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            InterruptedIOException interrupted = new InterruptedIOException("interrupted");
            interrupted.initCause(e);
            throw interrupted;
        }
    }

    /** Ends it; in its middle this closes the connection, at its end this does nothing. */
    @Override
    public void close() {
        var _ = subscription.thenAccept(Flow.Subscription::cancel);
    }
}
