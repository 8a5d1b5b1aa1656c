package dev.docent.onnx;

import ai.onnxruntime.OrtException;
import dev.docent.failure.DependencyException;
import dev.docent.failure.Diagnosis;
import dev.docent.failure.Failure;
import dev.docent.failure.Failure.Nature;
import dev.docent.failure.FailureCode;
import dev.docent.rag.Embedder;
import dev.docent.rag.EmbeddingSpace;
import dev.docent.rag.Passage;
import dev.docent.waiting.TimeLimit;
import dev.docent.waiting.TimeLimit.Leftover;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Computes embeddings in this process, with {@link OnnxModel}. Thread-safe: a fixed number of
 * threads compute one text each, and further texts wait in a bounded queue.
 *
 * <p>Texts are not batched: dynamic quantisation uses one scale for a whole batch, so a passage's
 * vector would depend on the others.
 */
public final class OnnxEmbedder implements Embedder {
    private static final int MOST_WAITING = 1024;

    private final ThreadPoolExecutor threads;
    private final FutureTask<WordPieces> pieces = new FutureTask<>(() -> load(WordPieces::new));
    private final FutureTask<OnnxModel> model =
            new FutureTask<>(() -> load(() -> new OnnxModel(wordPieces())));
    private final int window;
    private final TimeLimit limit;

    /**
     * Does not load the model yet. The first text or {@link #check} does, so that the port can open
     * before.
     *
     * @param cores how many texts are computed at once
     * @param deadline how long a text may wait and compute, loading included
     */
    public OnnxEmbedder(int cores, Duration deadline) {
        // A model that loads is kept for others; the texts given up are dropped by their caller.
        this.limit = new TimeLimit(deadline, Leftover.KEEP);
        window = 2 * cores;
        threads =
                new ThreadPoolExecutor(
                        cores,
                        cores,
                        0,
                        TimeUnit.SECONDS,
                        new ArrayBlockingQueue<>(MOST_WAITING),
                        Thread.ofPlatform().name("embedding-", 0).daemon().factory());
    }

    @Override
    public EmbeddingSpace space() {
        return OnnxModel.SPACE;
    }

    @Override
    public float[] embedQuery(String text) {
        Future<float[]> vector = submit(onnx -> onnx.vector(text));
        try {
            return await(vector);
        } finally {
            vector.cancel(false);
        }
    }

    @Override
    public List<float[]> embedPassages(List<Passage> passages) {
        List<float[]> vectors = new ArrayList<>(passages.size());
        Queue<Future<float[]>> running = new ArrayDeque<>();
        try {
            for (Passage passage : passages) {
                // Only a few passages at a time, so that readers' questions do not wait for a whole
                // site.
                if (running.size() == window) {
                    vectors.add(await(running.element()));
                    running.remove();
                }
                running.add(submit(onnx -> onnx.passage(passage)));
            }
            while (!running.isEmpty()) {
                vectors.add(await(running.element()));
                running.remove();
            }
            return vectors;
        } finally {
            running.forEach(future -> future.cancel(false));
        }
    }

    @Override
    public int tokens(String text) {
        return wordPieces().ids(text, false).length;
    }

    @Override
    public double unusualness(String text) {
        return wordPieces().unusualness(text);
    }

    /**
     * Loads the model unless it is loaded.
     *
     * @throws DependencyException if the native libraries do not run
     */
    @Override
    public void check() {
        await(model.isDone() ? model : submit(onnx -> onnx));
    }

    @Override
    public void close() {
        threads.shutdownNow();
        try {
            boolean idle =
                    threads.awaitTermination(limit.limit().toMillis(), TimeUnit.MILLISECONDS);
            if (idle && model.state() == Future.State.SUCCESS) {
                model.resultNow().close();
            }
            if (idle && pieces.state() == Future.State.SUCCESS) {
                pieces.resultNow().close();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (OrtException e) {
            throw broken(e);
        }
    }

    /** The tokenizer, loaded by the first caller. */
    private WordPieces wordPieces() {
        pieces.run();
        return await(pieces);
    }

    private <T> Future<T> submit(Use<T> use) {
        try {
            return threads.submit(() -> {
                // The first caller loads the model; the others wait.
                model.run();
                return use.of(await(model));
            });
        } catch (RejectedExecutionException e) {
            throw failed(
                    Nature.UNAVAILABLE,
                    "The local embedding model has "
                            + MOST_WAITING
                            + " texts waiting, or is closed.",
                    "Give the service more processors.",
                    e);
        }
    }

    private static <T> T load(Loading<T> loading) {
        try {
            return loading.load();
        } catch (DependencyException e) {
            throw e;
        } catch (IOException | OrtException | RuntimeException | LinkageError e) {
            throw failed(
                    Nature.MISCONFIGURED,
                    "The local embedding model cannot be loaded: " + e.getMessage() + ".",
                    "Run docent on Linux with glibc, macOS or Windows, with a writable folder for"
                            + " temporary files.",
                    e);
        }
    }

    private <T> T await(Future<T> result) {
        try {
            return limit.await(result);
        } catch (CancellationException e) {
            throw failed(
                    Nature.REQUEST_REJECTED,
                    "An embedding was interrupted.",
                    "Nothing needs to be done.",
                    e);
        } catch (TimeoutException e) {
            throw failed(
                    Nature.UNAVAILABLE,
                    "The local embedding model did not answer within "
                            + limit.limit().toSeconds()
                            + " s.",
                    "Give the service more processors.",
                    e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof DependencyException known ? known : broken(e);
        }
    }

    private static DependencyException broken(Throwable cause) {
        return failed(
                Nature.REQUEST_REJECTED,
                "The local embedding model failed on a text.",
                "Run with LOG_LEVEL=DEBUG to see the cause, and report it.",
                cause);
    }

    private static DependencyException failed(
            Nature nature, String owner, String action, @Nullable Throwable cause) {
        return new DependencyException(
                new Failure(
                        Diagnosis.MODEL_BROKEN,
                        FailureCode.RETRIEVAL_FAILED,
                        nature,
                        "The documentation cannot be searched right now.",
                        owner,
                        action),
                cause);
    }

    /** Loads a resource. */
    private interface Loading<T> {
        T load() throws IOException, OrtException;
    }

    /** A computation with the model. */
    private interface Use<T> {
        T of(OnnxModel model) throws OrtException;
    }
}
