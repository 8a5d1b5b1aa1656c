package dev.docent.gemini;

import dev.docent.gemini.GeminiFailures.Role;
import dev.docent.rag.Embedder;
import dev.docent.rag.EmbeddingSpace;
import dev.docent.rag.Passage;
import dev.docent.text.CodePoints;
import dev.docent.waiting.Interrupts;
import dev.langchain4j.data.document.Metadata;
import dev.langchain4j.data.embedding.Embedding;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.googleai.GoogleAiEmbeddingModel;
import dev.langchain4j.model.googleai.GoogleAiEmbeddingModel.TaskType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A Gemini embedding model, of the {@code -001} or the {@code -2} family. Vectors are normalised to
 * length one. Passages are sent in batches of 100, the most that {@code batchEmbedContents} takes;
 * if one fails, so does the call. A batch waits for a quota per minute (the free tier counts each
 * text), but not for one per day. Thread-safe.
 */
public final class GeminiEmbedder implements Embedder {
    private static final int BATCH = 100;

    private final GeminiSettings settings;
    private final GeminiEndpoint line;
    private final boolean second;

    /**
     * The embedding model of the settings.
     *
     * @param checkTimeout the longest time for a check
     */
    public GeminiEmbedder(GeminiSettings settings, Duration checkTimeout) {
        this.settings = settings;
        this.line = new GeminiEndpoint(settings, Role.EMBEDDING, checkTimeout);
        this.second = settings.embeddingModel().contains("embedding-2");
    }

    @Override
    public EmbeddingSpace space() {
        return new EmbeddingSpace(settings.embeddingModel(), settings.dimension());
    }

    @Override
    public float[] embedQuery(String text) {
        String prefix = second ? "task: search result | query: " : "";
        return embed(
                        List.of(TextSegment.from(cut(prefix + text))),
                        TaskType.RETRIEVAL_QUERY,
                        settings.timeouts().embed())
                .getFirst();
    }

    @Override
    public List<float[]> embedPassages(List<Passage> passages) {
        List<float[]> vectors = new ArrayList<>(passages.size());
        for (int start = 0; start < passages.size(); start += BATCH) {
            List<TextSegment> batch =
                    passages.subList(start, Math.min(passages.size(), start + BATCH)).stream()
                            .map(this::document)
                            .toList();
            vectors.addAll(embed(batch, TaskType.RETRIEVAL_DOCUMENT, settings.timeouts().batch()));
        }
        return vectors;
    }

    /**
     * A passage in the form that the model expects: {@code -001} has a field for the title, {@code
     * -2} takes it from the text. See <a
     * href="https://ai.google.dev/gemini-api/docs/embeddings">embeddings</a>.
     */
    private TextSegment document(Passage passage) {
        String title = passage.place();
        return second
                ? TextSegment.from(cut("title: " + title + " | text: " + passage.text()))
                : TextSegment.from(cut(passage.text()), Metadata.from("title", title));
    }

    private List<float[]> embed(List<TextSegment> texts, TaskType task, Duration time) {
        Deadline deadline = line.in(time);
        return line.run(
                deadline,
                time,
                deadline,
                () -> true,
                call -> {
                    List<Embedding> embeddings = embedAll(call, texts, second ? null : task);
                    if (embeddings.size() != texts.size()) {
                        throw new GeminiFailed(line.failures().unreadable());
                    }
                    return embeddings.stream().map(Embedding::vector).map(this::unit).toList();
                });
    }

    private List<Embedding> embedAll(
            GeminiCall call, List<TextSegment> texts, @Nullable TaskType task) {
        try {
            return model(call, task).embedAll(texts).content();
        } catch (GeminiFailed e) {
            throw e;
        } catch (RuntimeException e) {
            if (Thread.currentThread().isInterrupted()) {
                // langchain4j would wrap it in an exception that says less.
                throw Interrupts.cancelled("the call was interrupted", e);
            }
            throw new GeminiFailed(line.failures().unreadable(), e);
        }
    }

    private GoogleAiEmbeddingModel model(GeminiCall call, @Nullable TaskType task) {
        return GoogleAiEmbeddingModel.builder()
                .httpClientBuilder(call.builder())
                .baseUrl(settings.baseUrl().toString())
                .apiKey(settings.requiredKey().reveal())
                .modelName(settings.embeddingModel())
                .taskType(task)
                .outputDimensionality(settings.dimension())
                .build();
    }

    /** Normalises a vector: {@code -001} does that only at its full dimension. */
    private float[] unit(float[] vector) {
        if (vector.length != settings.dimension()) {
            throw new GeminiFailed(
                    line.failures().wrongDimension(settings.dimension(), vector.length));
        }
        double squares = 0;
        for (float number : vector) {
            squares += (double) number * number;
        }
        double length = Math.sqrt(squares);
        if (!(length > 0) || Double.isInfinite(length)) {
            throw new GeminiFailed(line.failures().unreadable());
        }
        float[] unit = new float[vector.length];
        for (int i = 0; i < unit.length; i++) {
            unit[i] = (float) (vector[i] / length);
        }
        return unit;
    }

    /**
     * Cuts a text to what the model takes (2048 or 8192 tokens), but not within a surrogate pair.
     */
    private String cut(String text) {
        int most = (second ? 8192 : 2048) * 3;
        return text.substring(0, CodePoints.end(text, most));
    }

    /** An estimate: four Latin letters, or one and a half other ones, make a token. */
    @Override
    public int tokens(String text) {
        long latin = text.codePoints().filter(c -> c < 0x250).count();
        long others = text.codePointCount(0, text.length()) - latin;
        return Math.toIntExact((latin + 3) / 4 + (others * 2 + 2) / 3);
    }

    /**
     * Asks Google, without spending tokens, whether the model exists and can embed.
     *
     * @throws dev.docent.failure.DependencyException when it does not
     */
    @Override
    public void check() {
        line.check("embedContent");
    }

    @Override
    public void close() {
        // Each call closes its own connection.
    }
}
