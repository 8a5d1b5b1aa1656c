package dev.docent.cli;

import dev.docent.Build;
import dev.docent.http.HttpServer;
import dev.docent.logging.SteadyLogManager;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;

/** The command line. */
@Command(
        name = "docent",
        description = "Answers readers' questions about a documentation site, with sources.",
        synopsisSubcommandLabel = "[COMMAND]",
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class,
        subcommands = {
            ServeCommand.class,
            CheckCommand.class,
            IngestCommand.class,
            EvalCommand.class,
            UnansweredCommand.class,
            FeedbackCommand.class,
            WidgetCommand.class
        },
        footer = {
            "",
            "Without a command it serves. Settings come from the environment, from .env and",
            "from config/application.yaml; DOCENT_MODE=demo needs no account.",
            "",
            "Exit codes: 0 done, 1 failed in part, 64 wrong command line, 69 port taken or lost,",
            "70 broken, 75 a service is down for now, 78 wrong configuration."
        })
public final class Main implements Callable<Integer> {
    /** Runs a command and ends the process with its exit code. */
    public static void main(String[] args) {
        System.setProperty("java.util.logging.manager", SteadyLogManager.class.getName());
        System.setOut(readable(System.out, FileDescriptor.out));
        System.setErr(readable(System.err, FileDescriptor.err));
        try {
            System.exit(run(args));
        } catch (Throwable broken) { // without memory or threads, others would keep the process
            broken.printStackTrace();
            System.exit(ExitCode.BROKEN);
        }
    }

    static int run(String... args) {
        if (args.length == 0) {
            // Without picocli, whose class files are too old for an AOT cache; they would cost 0.15
            // s of each start.
            HttpServer.prepare();
            return new ServeCommand().call();
        }
        // A signal ends the process at once; only serve has to shut down in order, and replaces
        // this when its service has started.
        Signals.handle(code -> Runtime.getRuntime().halt(code));
        return new CommandLine(new Main())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler((wrong, given) -> {
                    wrong.getCommandLine().getErr().println(wrong.getMessage());
                    wrong.getCommandLine().usage(wrong.getCommandLine().getErr());
                    return ExitCode.USAGE;
                })
                .execute(args);
    }

    /**
     * In the POSIX locale, which containers have, Java would print a question mark for each arrow
     * of a report; log viewers read UTF-8.
     */
    private static PrintStream readable(PrintStream stream, FileDescriptor descriptor) {
        return stream.charset().equals(StandardCharsets.US_ASCII)
                ? new PrintStream(new FileOutputStream(descriptor), true, StandardCharsets.UTF_8)
                : stream;
    }

    @Override
    public Integer call() {
        return new ServeCommand().call();
    }

    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {"docent " + Build.name()};
        }
    }
}
