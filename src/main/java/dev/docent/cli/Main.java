package dev.docent.cli;

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
            UnansweredCommand.class
        },
        footer = {
            "",
            "Without a command it serves. Settings come from the environment, from .env and",
            "from config/application.yaml; DOCENT_MODE=demo needs no account.",
            "",
            "Exit codes: 0 done, 1 failed in part, 64 wrong command line, 69 port taken,",
            "78 wrong configuration."
        })
public final class Main implements Callable<Integer> {
    /** Runs a command and ends the process with its exit code. */
    public static void main(String[] args) {
        System.setProperty("java.util.logging.manager", SteadyLogManager.class.getName());
        System.setOut(readable(System.out, FileDescriptor.out));
        System.setErr(readable(System.err, FileDescriptor.err));
        System.exit(run(args));
    }

    static int run(String... args) {
        if (args.length == 0) {
            // picocli's classes are of a version that no AOT cache takes: 0.15 s of each start.
            HttpServer.prepare();
            return new ServeCommand().call();
        }
        // At once, whatever is under way: only serve has something to end in order. Before its
        // service is there, a signal may end it as the JVM does.
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
     * In the POSIX locale, a container's, Java writes a question mark for each arrow of a report;
     * what shows a log reads UTF-8.
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
            String version = Main.class.getPackage().getImplementationVersion();
            return new String[] {"docent " + (version == null ? "from source" : version)};
        }
    }
}
