package dev.docent.onnx;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import ai.djl.huggingface.tokenizers.jni.TokenizersLibrary;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * The tokenizer of all-MiniLM-L6-v2 (WordPiece). Separate from {@link OnnxModel}, because counting
 * tokens does not need the model, and loading that takes longer than reading a small site.
 * Thread-safe: closing waits for running calls, because the native code would crash the process.
 */
final class WordPieces implements AutoCloseable {
    private static final String VOCABULARY = "/all-minilm-l6-v2-q-tokenizer.json";
    private static final int NO_WORDS = 1000;

    private final HuggingFaceTokenizer tokenizer;

    /** Its read lock is held while native code runs. */
    private final ReadWriteLock open = new ReentrantReadWriteLock();

    WordPieces() throws IOException {
        // Without these, the tokenizer's library looks for a GPU and for Amazon's metadata service.
        System.setProperty("RUST_FLAVOR", "cpu");
        System.setProperty("OPT_OUT_TRACKING", "true");
        try (InputStream vocabulary = resource(VOCABULARY)) {
            tokenizer =
                    HuggingFaceTokenizer.newInstance(
                            vocabulary, Map.of("padding", "false", "truncation", "false"));
        }
    }

    /**
     * The ids of a text's tokens.
     *
     * @throws IllegalStateException when it is closed
     * @param framed whether to add the start and end tokens that the model expects
     */
    long[] ids(String text, boolean framed) {
        open.readLock().lock();
        try {
            // The tokenizer's public method also creates an object for each token and its position,
            // which takes longer than tokenizing. LIB is internal to DJL (here 0.36.0), so an
            // upgrade may break these calls; WordPiecesTest notices.
            long encoding = TokenizersLibrary.LIB.encode(tokenizer.getHandle(), text, framed);
            try {
                return TokenizersLibrary.LIB.getTokenIds(encoding);
            } finally {
                TokenizersLibrary.LIB.deleteEncoding(encoding);
            }
        } finally {
            open.readLock().unlock();
        }
    }

    /**
     * How unusual a text's words are, see {@link dev.docent.rag.Embedder#unusualness}: the
     * vocabulary is BERT's, in order of frequency, and its first thousand entries are not words.
     */
    double unusualness(String text) {
        return Arrays.stream(ids(text, false))
                .mapToDouble(id -> Math.log(Math.max(id, NO_WORDS) / (double) NO_WORDS))
                .average()
                .orElse(0);
    }

    static InputStream resource(String name) throws IOException {
        InputStream stream = WordPieces.class.getResourceAsStream(name);
        if (stream == null) {
            throw new FileNotFoundException(name + " is not on the class path");
        }
        return stream;
    }

    @Override
    public void close() {
        open.writeLock().lock();
        try {
            tokenizer.close();
        } finally {
            open.writeLock().unlock();
        }
    }
}
