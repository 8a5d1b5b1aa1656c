package dev.docent.local;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.Result;
import ai.onnxruntime.OrtSession.SessionOptions;
import dev.docent.failure.DependencyException;
import dev.docent.failure.Failure;
import dev.docent.failure.Failure.Nature;
import dev.docent.failure.FailureCode;
import dev.docent.rag.Embedder;
import dev.docent.rag.EmbeddingSpace;
import dev.docent.rag.Passage;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.LongBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * all-MiniLM-L6-v2 (quantised, 384 dimensions) in this process, through ONNX Runtime. The model and
 * its tokenizer come out of langchain4j's artifact; its own classes are not used, because they
 * tokenize each text three times and let every call take all cores. Thread-safe: a fixed number of
 * threads computes, one text each, and a bounded queue waits.
 *
 * <p>Texts are never put into batches: the model is quantised while it runs, with one scale for the
 * whole batch, so that a passage's vector would depend on its neighbours.
 */
public final class OnnxEmbedder implements Embedder {
    private static final EmbeddingSpace SPACE = new EmbeddingSpace("all-minilm-l6-v2-q", 384);
    private static final String MODEL = "/all-minilm-l6-v2-q.onnx";
    private static final String TOKENIZER = "/all-minilm-l6-v2-q-tokenizer.json";

    /**
     * What the model's card says that it reads; the rest is cut. Twice as much changed no hit rate
     * by more than one question of 117, and took a third longer.
     */
    private static final int MOST_TOKENS = 256;

    /** More than enough for so many tokens of any sensible text; keeps a huge one cheap. */
    private static final int MOST_CHARACTERS = 16 * MOST_TOKENS;

    private static final int MOST_WAITING = 1024;

    private static final float HEADINGS = 0.4f;

    private final OrtEnvironment environment;
    private final OrtSession session;
    private final HuggingFaceTokenizer tokenizer;
    private final ThreadPoolExecutor threads;
    private final int window;
    private final Duration deadline;

    /**
     * Loads the model, which takes about a second and 150 MB.
     *
     * @param cores how many texts are computed at once
     * @param deadline how long a text may wait and compute
     * @throws DependencyException where the native libraries do not run
     */
    public OnnxEmbedder(int cores, Duration deadline) {
        this.deadline = deadline;
        window = 2 * cores;
        environment = OrtEnvironment.getEnvironment();
        try (SessionOptions options = new SessionOptions();
                InputStream vocabulary = resource(TOKENIZER);
                InputStream model = resource(MODEL)) {
            // One thread a text computes more texts a second than several threads a text.
            options.setIntraOpNumThreads(1);
            options.setInterOpNumThreads(1);
            // The tokenizer's library looks for a GPU and for Amazon's metadata service otherwise.
            System.setProperty("RUST_FLAVOR", "cpu");
            System.setProperty("OPT_OUT_TRACKING", "true");
            tokenizer =
                    HuggingFaceTokenizer.newInstance(
                            vocabulary, Map.of("padding", "false", "truncation", "false"));
            session = environment.createSession(model.readAllBytes(), options);
        } catch (IOException | OrtException | LinkageError e) {
            throw failed(
                    Nature.MISCONFIGURED,
                    "The local embedding model cannot be loaded: " + e.getMessage() + ".",
                    "Run docent on Linux with glibc, macOS or Windows, with a writable folder for"
                            + " temporary files.",
                    e);
        }
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
        return SPACE;
    }

    @Override
    public float[] embedQuery(String text) {
        return await(submit(() -> normalised(encode(text))));
    }

    @Override
    public List<float[]> embedPassages(List<Passage> passages) {
        List<float[]> vectors = new ArrayList<>(passages.size());
        Queue<Future<float[]>> running = new ArrayDeque<>();
        try {
            for (Passage passage : passages) {
                // A short window, so that readers' questions never queue behind a whole site.
                if (running.size() == window) {
                    vectors.add(await(running.remove()));
                }
                running.add(submit(() -> encode(passage)));
            }
            while (!running.isEmpty()) {
                vectors.add(await(running.remove()));
            }
            return vectors;
        } finally {
            running.forEach(future -> future.cancel(false));
        }
    }

    @Override
    public int tokens(String text) {
        return tokenizer.encode(text, false, false).getIds().length;
    }

    @Override
    public void close() {
        threads.shutdownNow();
        try {
            if (threads.awaitTermination(deadline.toMillis(), TimeUnit.MILLISECONDS)) {
                // Freed only when nothing computes any more: native code would crash the process.
                session.close();
                tokenizer.close();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (OrtException e) {
            throw broken(e);
        }
    }

    private Future<float[]> submit(Callable<float[]> task) {
        try {
            return threads.submit(task);
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

    private float[] await(Future<float[]> vector) {
        try {
            return vector.get(deadline.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            vector.cancel(false);
            Thread.currentThread().interrupt();
            throw failed(
                    Nature.REFUSED,
                    "An embedding was interrupted.",
                    "Nothing needs to be done.",
                    e);
        } catch (TimeoutException e) {
            vector.cancel(false);
            throw failed(
                    Nature.UNAVAILABLE,
                    "The local embedding model did not answer within "
                            + deadline.toSeconds()
                            + " s.",
                    "Give the service more processors.",
                    e);
        } catch (ExecutionException e) {
            throw broken(e);
        }
    }

    /**
     * A passage with where it stands, since short sections say little without their headings, and
     * the headings once more on their own, since long ones drown them. Against the plain passage on
     * 117 questions about two sites, with 0.3 to 0.5: one to two points more at hit@5, two to six
     * at hit@1; from 0.8 on the text is drowned instead.
     */
    private float[] encode(Passage passage) throws OrtException {
        StringBuilder place = new StringBuilder(passage.title());
        passage.headingPath().forEach(heading -> place.append(" > ").append(heading));
        float[] vector = normalised(encode(place + "\n" + passage.text()));
        float[] headings = normalised(encode(place.toString()));
        for (int i = 0; i < vector.length; i++) {
            vector[i] += HEADINGS * headings[i];
        }
        return normalised(vector);
    }

    /** The mean over the text's tokens, of any length. */
    private float[] encode(String text) throws OrtException {
        String start = text.substring(0, Math.min(text.length(), MOST_CHARACTERS));
        long[] all = tokenizer.encode(start, true, false).getIds();
        long[] ids = Arrays.copyOf(all, Math.min(all.length, MOST_TOKENS));
        ids[ids.length - 1] = all[all.length - 1];
        long[] ones = new long[ids.length];
        Arrays.fill(ones, 1);
        Map<String, long[]> values =
                Map.of(
                        "input_ids", ids,
                        "attention_mask", ones,
                        "token_type_ids", new long[ids.length]);
        Map<String, OnnxTensor> inputs = new HashMap<>();
        try {
            for (String name : session.getInputNames()) {
                LongBuffer value = LongBuffer.wrap(values.getOrDefault(name, ones));
                long[] shape = {1, ids.length};
                inputs.put(name, OnnxTensor.createTensor(environment, value, shape));
            }
            try (Result result = session.run(inputs)) {
                return mean(((float[][][]) result.get(0).getValue())[0]);
            }
        } finally {
            inputs.values().forEach(OnnxTensor::close);
        }
    }

    private static float[] mean(float[][] tokens) {
        float[] sum = new float[SPACE.dimension()];
        for (float[] token : tokens) {
            for (int i = 0; i < sum.length; i++) {
                sum[i] += token[i];
            }
        }
        return sum;
    }

    private static float[] normalised(float[] vector) {
        double square = 0;
        for (float value : vector) {
            square += value * value;
        }
        float length = (float) Math.sqrt(square);
        for (int i = 0; i < vector.length; i++) {
            vector[i] /= length;
        }
        return vector;
    }

    private static InputStream resource(String name) throws IOException {
        InputStream stream = OnnxEmbedder.class.getResourceAsStream(name);
        if (stream == null) {
            throw new FileNotFoundException(name + " is not on the class path");
        }
        return stream;
    }

    private static DependencyException broken(Throwable cause) {
        return failed(
                Nature.REFUSED,
                "The local embedding model failed on a text.",
                "Run with LOG_LEVEL=DEBUG to see the cause, and report it.",
                cause);
    }

    private static DependencyException failed(
            Nature nature, String owner, String action, @Nullable Throwable cause) {
        return new DependencyException(
                new Failure(
                        FailureCode.RETRIEVAL_FAILED,
                        nature,
                        "The documentation cannot be searched right now.",
                        owner,
                        action,
                        null),
                cause);
    }
}
