package dev.docent;

import dev.docent.cli.Commands;
import dev.docent.config.Environment;
import dev.docent.http.WidgetClient;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;

/** The real service in demo mode on a free port, over the small site of the tests' resources. */
public final class DemoService implements AutoCloseable {
    public static final Path SITE = Path.of("src/test/resources/site/docs").toAbsolutePath();
    public static final String ORIGIN = "https://tidewatch.example";

    private final Docent docent;
    private final WidgetClient client;

    private DemoService(Docent docent) {
        this.docent = docent;
        this.client = new WidgetClient(docent.port());
    }

    static DemoService start(Path data) {
        return start(data, Map.of());
    }

    /** Starts it and waits until it is ready. */
    public static DemoService start(Path data, Map<String, String> variables) {
        Map<String, String> all = new HashMap<>();
        all.put("DOCENT_MODE", "demo");
        all.put("DOCENT_DATA", data.toString());
        all.put("DOCENT_DOCS", SITE.toString());
        all.put("ALLOWED_ORIGINS", ORIGIN);
        all.put("PORT", "0");
        all.put("LOG_LEVEL", "WARN");
        all.putAll(variables);
        Configured configured = Configured.load(Environment.of(all), data, Clock.systemUTC());
        if (!configured.report().fine()) {
            throw new AssertionError(configured.report().text());
        }
        Settings settings = configured.settings();
        Commands.log(settings, System.err);
        Docent docent = new Docent(settings, settings.origins()::allows, InstantSource.system());
        try {
            if (!docent.awaitReady(Duration.ofMinutes(2))) {
                throw new AssertionError("not ready within two minutes");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
        return new DemoService(docent);
    }

    public int port() {
        return docent.port();
    }

    WidgetClient client() {
        return client;
    }

    Docent docent() {
        return docent;
    }

    @Override
    public void close() {
        docent.close();
    }
}
