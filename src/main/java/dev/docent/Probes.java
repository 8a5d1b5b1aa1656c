package dev.docent;

import dev.docent.chat.Conversations;
import dev.docent.failure.DependencyException;
import dev.docent.failure.Failure;
import dev.docent.failure.FailureCode;
import dev.docent.health.Probe;
import dev.docent.rag.Embedder;
import dev.docent.rag.EmbeddingSpace;
import dev.docent.rag.LanguageModel;
import dev.docent.rag.PassageIndex;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** One probe for each dependency in use, named as the health report names it. */
final class Probes {
    private Probes() {}

    static List<Probe> of(
            Settings settings,
            Embedder embedder,
            PassageIndex index,
            Conversations conversations,
            LanguageModel model) {
        Duration interval = settings.health().interval();
        boolean sleeps = settings.parts().conversations() == Settings.Conversations.POSTGRES;
        List<Probe> probes = new ArrayList<>();
        probes.add(
                new Probe(
                        indexName(settings),
                        "connected",
                        interval,
                        () -> indexState(index, embedder.space())));
        probes.add(
                new Probe(
                        conversationsName(settings),
                        "connected",
                        sleeps ? settings.health().databaseInterval() : interval,
                        () -> {
                            conversations.check();
                            return Map.of();
                        }));
        if (settings.parts().embeddings() == Settings.Embeddings.LOCAL) {
            probes.add(
                    new Probe(
                            "embeddings",
                            "ok",
                            interval,
                            () -> Map.of("model", embedder.space().model())));
        }
        probes.add(
                new Probe(
                        model.generative() ? "gemini" : "quoting",
                        "ok",
                        interval,
                        () -> {
                            model.check();
                            embedder.check();
                            return model.generative() ? Map.of("model", model.name()) : Map.of();
                        }));
        return probes;
    }

    static String indexName(Settings settings) {
        return settings.parts().index().name().toLowerCase(Locale.ROOT);
    }

    static String conversationsName(Settings settings) {
        return settings.parts().conversations().name().toLowerCase(Locale.ROOT);
    }

    /** What the index holds; an index of another model or dimension would find nothing of use. */
    private static Map<String, Object> indexState(PassageIndex index, EmbeddingSpace ours) {
        PassageIndex.State state = index.state();
        EmbeddingSpace theirs = state.space();
        if (theirs != null && !theirs.equals(ours)) {
            throw new DependencyException(otherSpace(state.name(), theirs, ours));
        }
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("collection", state.name());
        details.put("vectors", state.passages());
        return details;
    }

    private static Failure otherSpace(String name, EmbeddingSpace theirs, EmbeddingSpace ours) {
        return new Failure(
                FailureCode.RETRIEVAL_FAILED,
                Failure.Nature.MISCONFIGURED,
                "The service is set up for another index than the one it has; its owner has to mend that.",
                "%s holds vectors of %s with %d dimensions, and questions are embedded by %s with %d."
                        .formatted(
                                name,
                                theirs.model(),
                                theirs.dimension(),
                                ours.model(),
                                ours.dimension()),
                "Use the embedding model that filled it, or fill it anew with: docent ingest",
                null);
    }
}
