package dev.docent.resilience;

import dev.docent.rag.Embedder;
import dev.docent.rag.EmbeddingSpace;
import dev.docent.rag.Passage;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * An embedder with a breaker or a budget for questions, but not for passages, which no reader waits
 * for.
 *
 * @param guard calls for the vector of a question, or fails
 */
public record GuardedEmbedder(Embedder embedder, Function<Supplier<float[]>, float[]> guard)
        implements Embedder {
    @Override
    public EmbeddingSpace space() {
        return embedder.space();
    }

    @Override
    public float[] embedQuery(String text) {
        return guard.apply(() -> embedder.embedQuery(text));
    }

    @Override
    public List<float[]> embedPassages(List<Passage> passages) {
        return embedder.embedPassages(passages);
    }

    @Override
    public int tokens(String text) {
        return embedder.tokens(text);
    }

    @Override
    public double unusualness(String text) {
        return embedder.unusualness(text);
    }

    @Override
    public void check() {
        embedder.check();
    }

    @Override
    public void close() {
        embedder.close();
    }
}
