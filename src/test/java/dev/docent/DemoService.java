package dev.docent;

import dev.docent.cli.Commands;
import dev.docent.http.WidgetClient;
import java.nio.file.Path;
import java.util.Map;

/** The real service in demo mode on a free port, over the small site of the tests' resources. */
public final class DemoService implements AutoCloseable {
    public static final Path SITE = Path.of("src/test/resources/site/docs").toAbsolutePath();
    public static final String ORIGIN = "https://tidewatch.example";

    private final LiveService service;
    private final Settings settings;

    private DemoService(Settings settings) {
        this.settings = settings;
        this.service = new LiveService(settings);
    }

    static DemoService start(Path data) {
        return start(data, Map.of());
    }

    /** Starts it and waits until it is ready. */
    public static DemoService start(Path data, Map<String, String> variables) {
        Map<String, String> all = Program.demo(data);
        all.put("ALLOWED_ORIGINS", ORIGIN);
        all.put("LOG_LEVEL", "WARN");
        all.putAll(variables);
        Settings settings = Outside.settings(all, data);
        Commands.log(settings, System.err);
        return new DemoService(settings);
    }

    public int port() {
        return service.port();
    }

    WidgetClient client() {
        return service.client();
    }

    Settings settings() {
        return settings;
    }

    @Override
    public void close() {
        service.close();
    }
}
