package dev.docent;

import dev.docent.http.WidgetClient;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;

/** The real service in live mode on a free port. */
final class LiveService implements AutoCloseable {
    private final Docent docent;
    private final WidgetClient client;

    /** Starts it and waits until it has looked at each dependency. */
    LiveService(Settings settings) {
        docent = new Docent(settings, settings.origins()::allows, InstantSource.system());
        try {
            if (!docent.awaitReady(Duration.ofMinutes(2))) {
                throw new AssertionError("not ready within two minutes");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
        client = new WidgetClient(docent.port());
    }

    static LiveService start(Outside outside, Path data) {
        return start(outside, data, Map.of());
    }

    static LiveService start(Outside outside, Path data, Map<String, String> changed) {
        Settings settings = outside.settings(data, changed);
        Commands.log(settings, System.err);
        return new LiveService(settings);
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
