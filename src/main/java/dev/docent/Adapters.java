package dev.docent;

import dev.docent.database.DatabaseConversations;
import dev.docent.database.DatabaseSettings;
import dev.docent.demo.Manual;
import dev.docent.gemini.GeminiEmbedder;
import dev.docent.gemini.GeminiModel;
import dev.docent.ingest.IngestSettings;
import dev.docent.ingest.SurveyCache;
import dev.docent.lucene.LuceneIndex;
import dev.docent.onnx.OnnxEmbedder;
import dev.docent.qdrant.QdrantIndex;
import dev.docent.quoting.Quotes;
import dev.docent.quoting.QuotingModel;
import dev.docent.rag.Embedder;
import dev.docent.rag.LanguageModel;
import dev.docent.rag.PassageIndex;
import dev.docent.site.SiteSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Creates the chosen implementation of each port, and the parts around them, from the settings. */
public final class Adapters {
    private static final Duration LOCAL_EMBEDDING = Duration.ofSeconds(20);

    /** Name of the index of the project's own documents. */
    private static final String MANUAL = "manual";

    private Adapters() {}

    public static Embedder embedder(Settings settings) {
        return switch (settings.parts().embeddings()) {
            case LOCAL -> new OnnxEmbedder(cores(), LOCAL_EMBEDDING);
            case GEMINI -> new GeminiEmbedder(settings.gemini(), settings.health().callTimeout());
        };
    }

    public static PassageIndex index(Settings settings) {
        return index(settings, settings.docs().dir());
    }

    /** The index of a documentation, which may be another one than demo mode opens at the start. */
    public static PassageIndex index(Settings settings, @Nullable Path docs) {
        return switch (settings.parts().index()) {
            case LUCENE -> {
                String name = indexName(settings, docs);
                Path folder = settings.data().resolve("index").resolve(name);
                Path prepared = settings.docs().prepared();
                if (prepared != null && name.equals(MANUAL)) {
                    Manual.copyIndex(prepared, folder);
                }
                yield LuceneIndex.open(folder);
            }
            case QDRANT -> new QdrantIndex(settings.qdrant());
        };
    }

    public static DatabaseConversations conversations(Settings settings) {
        DatabaseSettings.Limits limits = settings.database().limits();
        return switch (settings.parts().conversations()) {
            case H2 -> DatabaseConversations.h2(settings.data().resolve("conversations"), limits);
            case POSTGRES ->
                    DatabaseConversations.postgres(
                            Objects.requireNonNull(settings.database().url()), limits);
        };
    }

    public static LanguageModel model(Settings settings) {
        return switch (settings.parts().model()) {
            case QUOTING -> new QuotingModel(QuotingModel.NOTICE, new Quotes());
            case GEMINI ->
                    new GeminiModel(
                            settings.gemini(),
                            settings.chat().answerTimeout(),
                            settings.health().callTimeout());
        };
    }

    /** Answers if the model fails; the failure's sentence is the first line. */
    static LanguageModel quoting() {
        return new QuotingModel("", new Quotes());
    }

    /**
     * The folder that is opened at the start: in demo mode the configured one or the project's own
     * manual; null in live mode, whose index is filled by {@code docent ingest}.
     */
    public static @Nullable Path docs(Settings settings) {
        if (settings.mode() == Settings.Mode.LIVE) {
            return null;
        }
        Path folder = settings.docs().dir();
        return folder == null ? Manual.folder() : folder;
    }

    /**
     * The layout of the documentation that is opened at the start; the service itself serves the
     * manual.
     */
    public static SiteSettings site(Settings settings) {
        return settings.docs().dir() == null
                ? new SiteSettings(null, "/", "manual", null)
                : settings.docs().site();
    }

    public static IngestSettings ingestion(Settings settings, SiteSettings site) {
        IngestSettings plain = IngestSettings.defaults(site);
        return settings.parts().embeddings() == Settings.Embeddings.GEMINI
                ? plain.withQuotas(
                        settings.gemini().textsPerMinute(), settings.gemini().textsPerDay())
                : plain;
    }

    /**
     * What the last ingestion of a documentation found in its files, for any index. Nothing is
     * stored if the program does not run from a jar.
     */
    public static SurveyCache surveys(Settings settings, @Nullable Path docs) {
        Path file = settings.data().resolve("surveys").resolve(indexName(settings, docs));
        return new SurveyCache(file, ProgramFile::digest);
    }

    /**
     * A different name for each documentation, so that opening another one does not replace the
     * index.
     */
    private static String indexName(Settings settings, @Nullable Path folder) {
        if (settings.mode() == Settings.Mode.LIVE) {
            return "live";
        }
        if (folder == null) {
            return MANUAL;
        }
        String path = folder.toAbsolutePath().normalize().toString();
        byte[] bytes = path.getBytes(java.nio.charset.StandardCharsets.UTF_8);
        return folder.toAbsolutePath().normalize().getFileName()
                + "-"
                + UUID.nameUUIDFromBytes(bytes).toString().substring(0, 8);
    }

    private static int cores() {
        return Runtime.getRuntime().availableProcessors();
    }
}
