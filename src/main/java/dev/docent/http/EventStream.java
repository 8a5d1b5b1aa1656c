package dev.docent.http;

import dev.docent.chat.AnswerEvent;
import dev.docent.chat.AnswerSink;
import dev.docent.chat.Cancellation;
import dev.docent.resume.Follower;
import io.helidon.http.HeaderNames;
import io.helidon.http.sse.SseEvent;
import io.helidon.webserver.http.ServerResponse;
import io.helidon.webserver.sse.SseSink;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The event stream of one answer to one reader. The answering thread writes the events itself, so
 * that a slow reader slows the model down and nothing piles up. Events that are ready together
 * share a write. {@link StreamWatch} calls {@link #tick} from another thread, for whatever depends
 * on time. Events for a reader who left are dropped.
 */
final class EventStream implements AnswerSink, Follower, AutoCloseable {
    /** How many bytes may wait for a flush. */
    private static final int MOST_KEPT = 8 * 1024;

    private static final SseEvent KEEP_ALIVE = SseEvent.builder().comment(" keep-alive").build();

    private final CoalescingOutput together = new CoalescingOutput();
    private final SseSink sink;
    private final Cancellation cancellation;
    private final Duration heartbeat;
    private final long deadline;

    /** Guards the sink, {@code together} and {@code open}; held while a write blocks. */
    private final ReentrantLock writing = new ReentrantLock();

    private boolean open = true;
    private volatile long lastWrite = System.nanoTime();

    EventStream(
            ServerResponse response,
            Cancellation cancellation,
            HttpSettings settings,
            Duration answerTimeout) {
        this.cancellation = cancellation;
        this.heartbeat = settings.heartbeat();
        this.deadline = System.nanoTime() + answerTimeout.toNanos();
        response.header(HeaderNames.create("X-Accel-Buffering"), "no");
        // SseSink sets only "no-cache"; a proxy could still transform, that is compress and delay,
        // the stream.
        response.beforeSend(
                () -> response.headers().set(HeaderNames.CACHE_CONTROL, "no-cache, no-transform"));
        response.streamFilter(together::before);
        this.sink = response.sink(SseSink.TYPE);
    }

    @Override
    public void accept(AnswerEvent event) {
        emit(SseEvent.builder().data(Wire.data(event)).build());
    }

    @Override
    public void accept(int id, AnswerEvent event) {
        emit(SseEvent.builder().id("" + id).data(Wire.data(event)).build());
    }

    @Override
    public boolean left() {
        return cancellation.reason().isPresent();
    }

    private void emit(SseEvent data) {
        writing.lock();
        try {
            if (open) {
                sink.emit(data);
                if (together.size() >= MOST_KEPT) {
                    send();
                }
            }
        } finally {
            writing.unlock();
        }
    }

    @Override
    public void flush() {
        writing.lock();
        try {
            if (open && together.size() > 0) {
                send();
            }
        } finally {
            writing.unlock();
        }
    }

    /** Does what is due: sends a heartbeat, or ends an answer that takes too long. */
    void tick(long now) {
        if (!writing.isLocked() && now - lastWrite > heartbeat.toNanos()) {
            lastWrite = now;
            Thread.startVirtualThread(this::keepAlive);
        }
        if (now - deadline > 0) {
            cancellation.cancel(Cancellation.Reason.DEADLINE);
        }
    }

    /** Ends the answer because the service shuts down, and tells the reader. */
    void shutDown() {
        cancellation.cancel(Cancellation.Reason.SHUTDOWN);
    }

    @Override
    public void close() {
        writing.lock();
        try {
            if (open) {
                open = false;
                sink.close();
            }
        } finally {
            writing.unlock();
        }
    }

    private void keepAlive() {
        writing.lock();
        try {
            if (open) {
                sink.emit(KEEP_ALIVE);
                send();
            }
        } finally {
            writing.unlock();
        }
    }

    private void send() {
        try {
            together.send();
        } catch (IOException | RuntimeException e) {
            // The only thing that goes wrong here is the reader's connection.
            open = false;
            cancellation.cancel(Cancellation.Reason.READER_LEFT);
        } finally {
            lastWrite = System.nanoTime();
        }
    }
}
