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
 * The pieces of words that all-MiniLM-L6-v2 reads. Apart from {@link OnnxModel}, because counting
 * them needs no model, whose loading takes longer than to read a small site. Thread-safe: closing
 * waits for what is under way, because native code would crash the process.
 */
final class WordPieces implements AutoCloseable {
    private static final String VOCABULARY = "/all-minilm-l6-v2-q-tokenizer.json";
    private static final int NO_WORDS = 1000;

    private final HuggingFaceTokenizer tokenizer;

    /** Its read lock is held while native code runs. */
    private final ReadWriteLock open = new ReentrantReadWriteLock();

    WordPieces() throws IOException {
        // The tokenizer's library looks for a GPU and for Amazon's metadata service otherwise.
        System.setProperty("RUST_FLAVOR", "cpu");
        System.setProperty("OPT_OUT_TRACKING", "true");
        try (InputStream vocabulary = resource(VOCABULARY)) {
            tokenizer =
                    HuggingFaceTokenizer.newInstance(
                            vocabulary, Map.of("padding", "false", "truncation", "false"));
        }
    }

    /**
     * The numbers of a text's pieces.
     *
     * @throws IllegalStateException when it is closed
     * @param framed whether with the marks before and after a text that the model expects
     */
    long[] ids(String text, boolean framed) {
        open.readLock().lock();
        try {
            // The tokenizer's own call also makes objects of each piece and of where it stands,
            // which takes longer than to find the pieces.
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
     * vocabulary is BERT's, in the order of frequency, and its first thousand is no words.
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
