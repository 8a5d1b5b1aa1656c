package dev.docent;

import dev.docent.config.Environment;
import dev.docent.database.Postgres;
import dev.docent.gemini.FakeGemini;
import dev.docent.ingest.Ingestion;
import dev.docent.ingest.Progress;
import dev.docent.qdrant.FakeQdrant;
import dev.docent.rag.Embedder;
import dev.docent.rag.PassageIndex;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;

/**
 * What live mode rests on, within this process: Gemini and Qdrant as fakes that speak the protocol,
 * and a real PostgreSQL; the latter two behind a network that breaks when a test says so.
 */
public final class Outside implements AutoCloseable {
    static final String GEMINI_KEY = "gemini-k3y-Vq8Zt1Lw5Rx0";
    static final String QDRANT_KEY = "qdrant-k3y-Hn2Jc7Bd9Fs4";

    public final FakeGemini gemini = new FakeGemini();
    public final FakeQdrant qdrant = FakeQdrant.start(QDRANT_KEY);
    public final Postgres postgres = Postgres.create();
    public final TcpProxy toQdrant = TcpProxy.to("127.0.0.1", qdrant.grpcPort());
    public final TcpProxy toPostgres = TcpProxy.to("127.0.0.1", Postgres.port());

    /** With the site of the tests' resources in the collection, put there by our own ingestion. */
    public static Outside filled(Path data) {
        Outside outside = new Outside();
        outside.fill(data);
        return outside;
    }

    /** What the environment of a live service must say. */
    Map<String, String> variables(Path data) {
        Map<String, String> all = new HashMap<>();
        all.put("DOCENT_DATA", data.toString());
        all.put("DOCENT_SITE_URL", "https://tidewatch.example");
        all.put("GEMINI_API_KEY", GEMINI_KEY);
        all.put("GEMINI_BASE_URL", gemini.baseUrl().toString());
        all.put("QDRANT_URL", "http://127.0.0.1:" + toQdrant.port());
        all.put("QDRANT_API_KEY", QDRANT_KEY);
        all.put("DATABASE_URL", postgres.url(toPostgres.port()));
        all.put("ALLOWED_ORIGINS", DemoService.ORIGIN);
        all.put("PORT", "0");
        all.put("LOG_LEVEL", "ERROR");
        return all;
    }

    /** The settings of a live service, some variables changed. */
    public Settings settings(Path data, Map<String, String> changed) {
        Map<String, String> all = variables(data);
        all.putAll(changed);
        return settings(all, data);
    }

    /** The settings of an environment, which must be sound. */
    public static Settings settings(Map<String, String> variables, Path directory) {
        Configured configured =
                Configured.load(Environment.of(variables), directory, Clock.systemUTC());
        if (!configured.report().fine()) {
            throw new AssertionError(configured.report().text());
        }
        return configured.settings();
    }

    /** As {@code docent ingest} does. */
    public void fill(Path data) {
        fill(data, DemoService.SITE);
    }

    /** The same with another site. */
    public void fill(Path data, Path site) {
        fill(settings(data, Map.of()), site);
    }

    static void fill(Settings settings, Path site) {
        try (Embedder embedder = Adapters.embedder(settings);
                PassageIndex index = Adapters.index(settings)) {
            new Ingestion(
                            index,
                            embedder,
                            Adapters.ingestion(settings, settings.docs().site()),
                            Progress.SILENT)
                    .run(site);
        }
    }

    @Override
    public void close() {
        toQdrant.close();
        toPostgres.close();
        gemini.close();
        qdrant.close();
    }
}
