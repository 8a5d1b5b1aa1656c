package dev.docent.ingest;

import dev.docent.failure.DependencyException;
import dev.docent.failure.Diagnosis;
import dev.docent.failure.Failure;
import dev.docent.failure.FailureCode;
import dev.docent.rag.Embedder;
import dev.docent.rag.EmbeddingSpace;
import dev.docent.rag.Passage;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Embeds a text by the hashes of its words: always the same, and near where words are shared. */
final class WordEmbedder implements Embedder {
    private static final int DIMENSION = 64;

    private final String model;
    final List<Integer> batches = new ArrayList<>();

    /** Texts whose length was asked for. */
    final Set<String> measured = ConcurrentHashMap.newKeySet();

    int quota = Integer.MAX_VALUE;

    WordEmbedder() {
        this("words");
    }

    WordEmbedder(String model) {
        this.model = model;
    }

    @Override
    public EmbeddingSpace space() {
        return new EmbeddingSpace(model, DIMENSION);
    }

    @Override
    public float[] embedQuery(String text) {
        float[] vector = new float[DIMENSION];
        for (String word : text.split("\\W+", -1)) {
            vector[Math.floorMod(word.hashCode(), DIMENSION)]++;
        }
        double length = 0;
        for (float x : vector) {
            length += x * x;
        }
        for (int i = 0; i < vector.length; i++) {
            vector[i] = (float) (vector[i] / Math.sqrt(length));
        }
        return vector;
    }

    @Override
    public List<float[]> embedPassages(List<Passage> passages) {
        if (passages.size() > quota) {
            throw new DependencyException(
                    new Failure(
                            Diagnosis.GEMINI_DAY_USED_UP,
                            FailureCode.QUOTA_EXCEEDED,
                            Failure.Nature.EXHAUSTED,
                            "The quota is spent.",
                            "The daily quota of the model is spent.",
                            "Run it again tomorrow."));
        }
        quota -= passages.size();
        batches.add(passages.size());
        return passages.stream().map(passage -> embedQuery(passage.text())).toList();
    }

    int embedded() {
        return batches.stream().mapToInt(Integer::intValue).sum();
    }

    @Override
    public int tokens(String text) {
        measured.add(text);
        return (text.length() + 3) / 4;
    }

    @Override
    public void close() {}
}
