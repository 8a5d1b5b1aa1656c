package dev.docent.gemini;

import dev.docent.rag.Embedder;
import dev.docent.rag.EmbedderContract;
import org.junit.jupiter.api.AfterEach;

/** The port's contract over Gemini's protocol. */
class GeminiEmbedderContractTest extends EmbedderContract {
    private final FakeGemini fake = new FakeGemini();
    private final GeminiEmbedder embedder = Trial.embedder(Trial.settings(fake.baseUrl()));

    @Override
    protected Embedder embedder() {
        return embedder;
    }

    @AfterEach
    void close() {
        embedder.close();
        fake.close();
    }
}
