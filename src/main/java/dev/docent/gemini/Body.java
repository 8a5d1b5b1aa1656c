package dev.docent.gemini;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
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
 *
 * <p>A wait for a piece sets no timer of its own, since there is one for each token; a timer that
 * runs out looks how long the present wait has lasted, and runs again for the rest.
 */
final class Body extends InputStream implements BodySubscriber<Body> {
    private static final int AHEAD = 4;
    private static final List<ByteBuffer> END = List.of();
    private static final List<ByteBuffer> LOOK_AT_THE_CLOCK = new ArrayList<>();

    private final BlockingQueue<List<ByteBuffer>> arrived = new LinkedBlockingQueue<>();
    private final Queue<ByteBuffer> taken = new ArrayDeque<>();
    private final CompletableFuture<Flow.Subscription> subscription = new CompletableFuture<>();
    private volatile @Nullable Throwable broken;
    private volatile Limit limit;
    private volatile boolean closed;
    private volatile boolean waiting;
    private volatile long waitingSince;
    private boolean ended;

    Body(Deadline deadline) {
        limit = new Limit(deadline, deadline.nanos());
        watch(limit);
    }

    /**
     * Limits the reads that follow.
     *
     * @param until when the last of them must be over
     * @param quiet the longest wait for a single piece
     */
    void limit(Deadline until, Duration quiet) {
        limit = new Limit(until, quiet.toNanos());
        watch(limit);
    }

    /** Looks again when the time of the present wait, or of one that begins now, has run out. */
    private void watch(Limit watched) {
        CompletableFuture.delayedExecutor(left(watched), TimeUnit.NANOSECONDS, Runnable::run)
                .execute(() -> {
                    if (closed || watched != limit) {
                        return;
                    }
                    if (left(watched) <= 0) {
                        arrived.add(LOOK_AT_THE_CLOCK);
                    } else {
                        watch(watched);
                    }
                });
    }

    private long left(Limit of) {
        long quiet = waiting ? of.quiet - (System.nanoTime() - waitingSince) : of.quiet;
        return Math.min(quiet, of.until.nanos());
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

    // The sign in the queue is told from an end, which is empty too, by what it is.
    @SuppressWarnings("ReferenceEquality")
    private List<ByteBuffer> await() throws IOException {
        waitingSince = System.nanoTime();
        waiting = true;
        try {
            while (true) {
                List<ByteBuffer> pieces = arrived.take();
                if (pieces != LOOK_AT_THE_CLOCK) {
                    return pieces;
                }
                Limit now = limit;
                if (left(now) <= 0) {
                    throw new HttpTimeoutException("no piece of the answer in time");
                }
                watch(now);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            InterruptedIOException interrupted = new InterruptedIOException("interrupted");
            interrupted.initCause(e);
            throw interrupted;
        } finally {
            waiting = false;
        }
    }

    /** Ends it; in its middle this closes the connection, at its end this does nothing. */
    @Override
    public void close() {
        closed = true;
        var _ = subscription.thenAccept(Flow.Subscription::cancel);
    }

    /** Compared by identity: a later limit of the same length is another one. */
    private static final class Limit {
        private final Deadline until;
        private final long quiet;

        private Limit(Deadline until, long quiet) {
            this.until = until;
            this.quiet = quiet;
        }
    }
}
