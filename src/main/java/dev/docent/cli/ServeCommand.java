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

    /** How long what is being stored may take when the process ends for want of a port. */
    private static final Duration FAREWELL = Duration.ofSeconds(10);

    private static final Duration LOOK = Duration.ofSeconds(2);

    /** For how long nothing is called down: on a busy machine a part may be well a moment later. */
    private static final Duration MOMENT = Duration.ofSeconds(1);

    /** So many looks in a row find no thread before the process ends for it. */
    private static final int WITHOUT_THREADS = 3;

    private int withoutThreads;

    @Override
    public Integer call() {
        return Commands.serving(this::serve);
    }

    private int serve(Settings settings) {
        try {
            if (!Docent.threadsRun()) {
                System.err.println("docent cannot start: the machine gives it no threads.");
                return ExitCode.BROKEN;
            }
            Heap.keepSmall();
            return serve(
                    new Docent(settings, settings.origins()::allows, InstantSource.system()),
                    settings.startupCheck());
        } catch (PortTakenException e) {
            System.err.println("docent cannot start: " + e.getMessage());
            return ExitCode.UNAVAILABLE;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return ExitCode.BROKEN;
        }
    }

    private int serve(Docent docent, Settings.StartupCheck check) {
        AtomicBoolean ending = new AtomicBoolean();
        Signals.handle(_ -> {
            if (ending.compareAndSet(false, true)) {
                docent.close();
                System.exit(ExitCode.OK);
            }
        });
        LOG.info("listening on port {}", docent.port());
        try {
            while (!docent.awaitReady(LOOK) && !ending.get()) {
                requireServing(docent, ending);
            }
            List<Problem> hopeless = ending.get() ? List.of() : docent.hopeless();
            if (!hopeless.isEmpty()
                    && check == Settings.StartupCheck.FAIL
                    && ending.compareAndSet(false, true)) {
                System.err.print(new ConfigurationReport(hopeless, List.of()).text());
                docent.close();
                return ExitCode.CONFIGURATION;
            }
            if (!ending.get()) {
                Thread.startVirtualThread(() -> tell(docent, ending));
            }
            while (!ending.get()) {
                Thread.sleep(LOOK);
                requireServing(docent, ending);
            }
            new CountDownLatch(1).await(); // whoever ends the service ends the process
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return ExitCode.OK;
    }

    /** Ends the process if it cannot serve any more, since only then it is started anew. */
    private void requireServing(Docent docent, AtomicBoolean ending) throws InterruptedException {
        withoutThreads = Docent.threadsRun() ? 0 : withoutThreads + 1;
        if (withoutThreads == WITHOUT_THREADS && ending.compareAndSet(false, true)) {
            System.err.println(
                    "docent cannot serve any more: the machine gives it no threads."
                            + " It ends, to be started anew.");
            Runtime.getRuntime().halt(ExitCode.BROKEN); // all else would take a thread
        }
        if (!docent.listening() && ending.compareAndSet(false, true)) {
            System.err.println(
                    "docent cannot serve any more: its port is closed. It ends, to be started"
                            + " anew.");
            Thread farewell = Thread.ofPlatform().daemon().start(docent::close);
            farewell.join(FAREWELL);
            Runtime.getRuntime().halt(ExitCode.UNAVAILABLE);
        }
    }

    /** Says that the service is ready, as soon as it is for the first time. */
    private static void tell(Docent docent, AtomicBoolean ending) {
        try {
            boolean well = docent.awaitWell(MOMENT);
            List<String> down = docent.down();
            if (!well && !down.isEmpty()) {
                LOG.warn(
                        "serving on port {}, not ready: {} {} down; see above",
                        docent.port(),
                        String.join(", ", down),
                        down.size() == 1 ? "is" : "are");
            }
            while (!docent.awaitWell(LOOK)) {
                if (ending.get()) {
                    return;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return;
        }
        String example = docent.example().map(" and ask, for example: "::concat).orElse("");
        if (!ending.get()) {
            LOG.info("ready: open http://localhost:{}{}", docent.port(), example);
        }
    }
}
