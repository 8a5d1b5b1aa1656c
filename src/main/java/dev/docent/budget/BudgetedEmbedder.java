package dev.docent.budget;

import dev.docent.failure.DependencyException;
import dev.docent.failure.Diagnosis;
import dev.docent.failure.Failure;
import dev.docent.failure.FailureCode;
import dev.docent.rag.Embedder;
import dev.docent.rag.EmbeddingSpace;
import dev.docent.rag.Passage;
import java.util.List;

/**
 * An embedder whose questions are counted. When the day's texts are spent it fails, and passages
 * are found by words alone. Thread-safe.
 */
public final class BudgetedEmbedder implements Embedder {
    private final Embedder embedder;
    private final Budgets budgets;

    public BudgetedEmbedder(Embedder embedder, Budgets budgets) {
        this.embedder = embedder;
        this.budgets = budgets;
    }

    @Override
    public EmbeddingSpace space() {
        return embedder.space();
    }

    @Override
    public float[] embedQuery(String text) {
        if (!budgets.text()) {
            throw new DependencyException(
                    new Failure(
                            Diagnosis.BUDGET_USED_UP,
                            FailureCode.QUOTA_EXCEEDED,
                            Failure.Nature.EXHAUSTED,
                            "This service has answered as much as it may today; please come back"
                                    + " tomorrow.",
                            "The day's texts to embed are spent (budget.all-texts-per-day).",
                            "Allow more, or wait until tomorrow.",
                            budgets.untilTomorrow()));
        }
        return embedder.embedQuery(text);
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
