package dev.docent.cli;

import dev.docent.Docent;
import dev.docent.Settings;
import dev.docent.config.ConfigurationReport;
import dev.docent.config.Problem;
import dev.docent.http.PortTakenException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;

/** {@code docent serve}: runs the service until SIGTERM. */
@Command(
        name = "serve",
        description = "Runs the service (the default).",
        mixinStandardHelpOptions = true)
final class ServeCommand implements Callable<Integer> {
    private static final Logger LOG = LoggerFactory.getLogger("docent");
    private static final Duration START = Duration.ofMinutes(30);

    @Override
    public Integer call() {
        return Commands.serving(this::serve);
    }

    private int serve(Settings settings) {
        try {
            return serve(
                    new Docent(settings, settings.origins()::allows, InstantSource.system()),
                    settings.startupCheck());
        } catch (PortTakenException e) {
            System.err.println("docent cannot start: " + e.getMessage());
            return ExitCode.UNAVAILABLE;
        }
    }

    private static int serve(Docent docent, Settings.StartupCheck check) {
        AtomicBoolean ending = new AtomicBoolean();
        Signals.handle(_ -> {
            if (ending.compareAndSet(false, true)) {
                docent.close();
                System.exit(ExitCode.OK);
            }
        });
        LOG.info("listening on port {}", docent.port());
        try {
            if (docent.awaitReady(START) && !ending.get()) {
                List<Problem> hopeless = docent.hopeless();
                if (!hopeless.isEmpty()
                        && check == Settings.StartupCheck.FAIL
                        && ending.compareAndSet(false, true)) {
                    System.err.print(new ConfigurationReport(hopeless, List.of()).text());
                    docent.close();
                    return ExitCode.CONFIGURATION;
                }
                tell(docent, ending);
            }
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return ExitCode.OK;
    }

    /** Says that the service is ready, as soon as it is for the first time. */
    private static void tell(Docent docent, AtomicBoolean ending) throws InterruptedException {
        List<String> down = docent.down();
        if (!down.isEmpty()) {
            LOG.warn(
                    "serving on port {}, not ready: {} {} down; see above",
                    docent.port(),
                    String.join(", ", down),
                    down.size() == 1 ? "is" : "are");
        }
        docent.awaitWell();
        if (!ending.get()) {
            LOG.info(
                    "ready: open http://localhost:{} and ask, for example: {}",
                    docent.port(),
                    docent.example());
        }
    }
}
